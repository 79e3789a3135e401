//! What every example at a desk does alike: the day it is, and how it ends.

use std::io;
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::pack::Failure;

/// Today, from the only clock in sight: the example's own.
pub(crate) fn today() -> Option<NaiveDate> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    let days = i32::try_from(since.as_secs() / 86_400).ok()?;
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::Duration::days(days.into()))
}

/// The exit code of a run; why it failed goes to the standard error.
pub(crate) fn ended(run: Result<ExitCode, Failure>) -> ExitCode {
    match run {
        Ok(code) => code,
        // A closed pipe is the reader's choice, not a fault.
        Err(error)
            if error
                .downcast_ref::<io::Error>()
                .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

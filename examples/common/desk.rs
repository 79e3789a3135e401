//! What every example at a desk does alike: how it ends.

use std::io;
use std::process::ExitCode;

use crate::pack::Failure;

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

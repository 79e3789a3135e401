//! The pack to answer with: the bundled Marne, or a folder, over other folders.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use io::Read as _;
use spie::Pack;
use spie::pack::Limits;
use toml::de::{DeTable, DeValue};

/// Whatever ends an example.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// The pack of a folder over those of its parents, the first of which may extend a bundled one.
pub(crate) fn load(folder: Option<&Path>, parents: &[PathBuf]) -> Result<Pack, Failure> {
    let Some(folder) = folder else {
        return Ok(Pack::marne()?);
    };
    let mut pack = None;
    for folder in parents.iter().map(PathBuf::as_path).chain([folder]) {
        let sources = sources(folder)?;
        let parent = match pack {
            Some(pack) => Some(pack),
            None => bundled(&sources)?,
        };
        pack = Some(Pack::parse(sources, parent.as_ref())?);
    }
    pack.ok_or_else(|| "no folder".into())
}

/// The bundled pack that these sources extend.
fn bundled(sources: &[(String, String)]) -> Result<Option<Pack>, Failure> {
    Ok(match extends(sources).as_deref() {
        Some("core") => Some(Pack::core()?),
        Some("france") => Some(Pack::france()?),
        Some("marne") => Some(Pack::marne()?),
        // Any other name is said to be wrong where it stands in the folder.
        None | Some(_) => None,
    })
}

/// The identifier of the pack that these sources extend: a file with a mistake elsewhere
/// says it still.
fn extends(sources: &[(String, String)]) -> Option<String> {
    let is_toml = |name: &str| Path::new(name).extension().is_some_and(|end| end == "toml");
    let mut tables = sources.iter().filter(|(name, _)| is_toml(name));
    tables.find_map(|(_, text)| {
        let (table, _) = DeTable::parse_recoverable(text);
        let DeValue::Table(pack) = table.get_ref().get("pack")?.get_ref() else {
            return None;
        };
        match pack.get("extends")?.get_ref() {
            DeValue::String(parent) => Some(parent.to_string()),
            _ => None,
        }
    })
}

/// Whether a file is one of a pack but for what an editor added to its name.
fn is_meant(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    name.contains(".toml") || name.contains(".csv")
}

/// Every TOML and CSV file of a folder, named by its path below the folder.
fn sources(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unreadable = |path: &Path, why: Why| Unreadable {
        path: path.to_owned(),
        why,
    };
    let most = Limits::default().source_bytes;
    let mut left = most;
    let mut sources = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let failed = |error| unreadable(&next, Why::Io(error));
        for entry in fs::read_dir(&next).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let failed = |error| unreadable(&path, Why::Io(error));
            let ending = path.extension().and_then(std::ffi::OsStr::to_str);
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push(path);
            } else if matches!(ending, Some("toml" | "csv")) {
                let below = path.strip_prefix(folder)?.to_string_lossy();
                // Beyond what a pack may hold, nothing is read: a file may have no end.
                let file = fs::File::open(&path).map_err(failed)?;
                let mut text = Vec::new();
                let bound = u64::try_from(left)?.saturating_add(1);
                file.take(bound).read_to_end(&mut text).map_err(failed)?;
                let Some(rest) = left.checked_sub(text.len()) else {
                    return Err(unreadable(&path, Why::TooLarge(most)).into());
                };
                left = rest;
                let text = String::from_utf8(text).map_err(|_| unreadable(&path, Why::NotUtf8))?;
                sources.push((below.replace('\\', "/"), text));
            } else if is_meant(&path) {
                // An editor added its own ending, and a folder often hides it.
                eprintln!(
                    "note: {} is not read: its name must end in .toml or .csv",
                    path.display()
                );
            }
        }
    }
    sources.sort();
    if sources.is_empty() {
        return Err(unreadable(folder, Why::Empty).into());
    }
    Ok(sources)
}

/// Why the files of a pack cannot be read, and where.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) why: Why,
}

#[derive(Debug)]
pub(crate) enum Why {
    Io(io::Error),
    NotUtf8,
    /// More bytes than a pack may hold.
    TooLarge(usize),
    /// A folder without a file of a pack.
    Empty,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.why {
            Why::Io(error) => error.fmt(f),
            Why::NotUtf8 => f.write_str("this file is not in UTF-8"),
            Why::TooLarge(most) => write!(f, "this folder exceeds the {most} bytes of a pack"),
            Why::Empty => f.write_str("no .toml file in this folder"),
        }
    }
}

impl std::error::Error for Unreadable {}

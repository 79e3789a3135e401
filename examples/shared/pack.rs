//! The pack to answer with: the bundled Marne, or a folder, over other folders.

use std::fs;
use std::path::{Path, PathBuf};

use spie::Pack;

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
        None => None,
        Some("core") => Some(Pack::core()?),
        Some("marne") => Some(Pack::marne()?),
        // Any other name is said to be wrong where it stands in the folder.
        Some(_) => Some(Pack::france()?),
    })
}

/// The identifier of the pack that these sources extend.
fn extends(sources: &[(String, String)]) -> Option<String> {
    sources.iter().find_map(|(_, text)| {
        let table: toml::Table = text.parse().ok()?;
        let parent = table.get("pack")?.get("extends")?;
        parent.as_str().map(str::to_owned)
    })
}

/// Every TOML and CSV file of a folder, named by its path below the folder.
fn sources(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let named = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut sources = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|error| named(&next, error))? {
            let entry = entry?;
            let path = entry.path();
            let ending = path.extension().and_then(std::ffi::OsStr::to_str);
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else if matches!(ending, Some("toml" | "csv")) {
                let below = path.strip_prefix(folder)?.to_string_lossy();
                let text = fs::read(&path).map_err(|error| named(&path, error))?;
                let text = String::from_utf8(text)
                    .map_err(|_| format!("{}: enregistrez ce fichier en UTF-8", path.display()))?;
                sources.push((below.replace('\\', "/"), text));
            }
        }
    }
    sources.sort();
    if sources.is_empty() {
        return Err(format!("{}: no .toml file in this folder", folder.display()).into());
    }
    Ok(sources)
}

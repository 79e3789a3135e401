//! A spike of the C boundary: JSON in, JSON out, through `extern "C"`.
//!
//! It shows that the types cross a binding: no lifetime, no generic, no panic,
//! text by pointer and length, one owner and one free.
#![expect(unsafe_code, reason = "the C boundary")]

use std::slice;

use spie::interop::Caseload;
use spie::{Engine, Pack};

/// Text that the callee owns until it is given back.
#[repr(C)]
struct Buffer {
    data: *mut u8,
    len: usize,
}

const OK: i32 = 0;
const BAD_TEXT: i32 = 1;
const BAD_DOCUMENT: i32 = 2;

extern "C" fn engine_marne() -> *const Engine {
    Pack::marne().map_or(std::ptr::null(), |pack| Box::into_raw(Box::new(Engine::new(&pack))))
}

/// # Safety
///
/// The engine comes from `engine_marne` and is given once.
unsafe extern "C" fn engine_free(engine: *const Engine) {
    if !engine.is_null() {
        // SAFETY: made by `Box::into_raw` in `engine_marne`, given back once.
        drop(unsafe { Box::from_raw(engine.cast_mut()) });
    }
}

/// # Safety
///
/// The buffer comes from `orient` and is given once.
unsafe extern "C" fn buffer_free(buffer: Buffer) {
    let slice = std::ptr::slice_from_raw_parts_mut(buffer.data, buffer.len);
    // SAFETY: made by `Box::into_raw` in `orient`, given back once.
    drop(unsafe { Box::from_raw(slice) });
}

/// # Safety
///
/// The engine is alive; text and date are readable for their lengths; out is writable.
unsafe extern "C" fn orient(
    engine: *const Engine,
    (text, text_len): (*const u8, usize),
    (date, date_len): (*const u8, usize),
    out: *mut Buffer,
) -> i32 {
    // SAFETY: the caller's promise.
    let engine = unsafe { &*engine };
    // SAFETY: the caller's promise.
    let text = unsafe { slice::from_raw_parts(text, text_len) };
    // SAFETY: the caller's promise.
    let date = unsafe { slice::from_raw_parts(date, date_len) };
    let (Ok(text), Ok(date)) = (str::from_utf8(text), str::from_utf8(date)) else { return BAD_TEXT };
    let Ok(date) = date.parse() else { return BAD_TEXT };
    let Ok(caseload) = Caseload::parse(text, engine) else { return BAD_DOCUMENT };
    let at = engine.at(date);
    let mut orientations = Vec::new();
    for person in &caseload.people {
        let Ok(profile) = person.profile(engine, date) else { return BAD_DOCUMENT };
        let Ok(orientation) = at.orient(&profile) else { return BAD_DOCUMENT };
        orientations.push(orientation);
    }
    let Ok(json) = serde_json::to_vec(&orientations) else { return BAD_DOCUMENT };
    let json: Box<[u8]> = json.into();
    let len = json.len();
    let buffer = Buffer { data: Box::into_raw(json).cast(), len };
    // SAFETY: the caller's promise.
    unsafe { out.write(buffer) };
    OK
}

#[test]
fn a_caseload_goes_in_and_orientations_come_out() {
    let text = r#"{ "version": 1, "people": [ { "ref": "a", "facts": { "jobseeker": true } } ] }"#;
    let engine = engine_marne();
    assert!(!engine.is_null());
    let call = |text: &str, date: &str| {
        let mut out = Buffer { data: std::ptr::null_mut(), len: 0 };
        let (text, date) = ((text.as_ptr(), text.len()), (date.as_ptr(), date.len()));
        // SAFETY: the engine is alive, the texts and `out` outlive the call.
        let status = unsafe { orient(engine, text, date, &raw mut out) };
        (status, out)
    };
    let (status, out) = call(text, "2025-03-15");
    assert_eq!(status, OK);
    // SAFETY: `orient` wrote the buffer and it was not freed yet.
    let json = unsafe { slice::from_raw_parts(out.data, out.len) };
    let read: serde_json::Value = serde_json::from_slice(json).unwrap();
    assert_eq!(read[0]["date"], "2025-03-15");
    assert_eq!(read[0]["track"]["options"].as_array().map(Vec::is_empty), Some(false));
    // SAFETY: given back once.
    unsafe { buffer_free(out) };
    assert_eq!(call("{", "2025-03-15").0, BAD_DOCUMENT);
    assert_eq!(call(text, "demain").0, BAD_TEXT);
    // SAFETY: given back once, after the last call.
    unsafe { engine_free(engine) };
}

//! In a browser, shows one screen; elsewhere, writes the script that names them
//! all, and the languages.

#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    page::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::io::Write as _;

    use vestibule::domain::i18n::Locale;

    let entries = vestibule_gallery::entries().into_iter();
    let names: Vec<String> = entries.map(|(name, _)| name).collect();
    let locales: Vec<_> = Locale::ALL
        .iter()
        .map(|locale| (locale.tag(), locale.own_name()))
        .collect();
    let list = serde_json::json!({ "entries": names, "locales": locales });
    writeln!(std::io::stdout(), "window.vestibuleGallery = {list};")
}

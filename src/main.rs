//! The page entry: mounts the client.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        vestibule::app::mount();
    }
}

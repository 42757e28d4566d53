//! Plurals, numbers, country names and dates, as the browser knows them.
//!
//! Every part has a fallback for browsers that lack it: text must appear.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::domain::i18n::countries;
use crate::domain::i18n::locale::Direction;
use crate::domain::i18n::{Formatter, Locale};

// Constructors throw for what a browser lacks, so ours catch; those of js-sys
// do not.
#[wasm_bindgen]
extern "C" {
    type PluralRules;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn select(this: &PluralRules, count: u32) -> Result<String, JsValue>;

    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, count: u32) -> Result<String, JsValue>;

    // A price; the other one formats counts and never throws for its options.
    #[wasm_bindgen(js_name = NumberFormat)]
    type PriceFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "NumberFormat")]
    fn new(tag: &str, options: &JsValue) -> Result<PriceFormat, JsValue>;
    #[wasm_bindgen(method, catch, js_class = "NumberFormat", js_name = format)]
    fn format(this: &PriceFormat, amount: f64) -> Result<String, JsValue>;

    type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, date: &js_sys::Date) -> Result<String, JsValue>;
}

/// What the browser knows about one language.
///
/// Making these is slow (milliseconds), using them is not.
pub struct IntlFormatter {
    tag: &'static str,
    is_rtl: bool,
    plurals: Option<PluralRules>,
    numbers: Option<NumberFormat>,
    regions: Option<DisplayNames>,
    days: Option<DateTimeFormat>,
}

impl IntlFormatter {
    /// Prepares a language.
    #[must_use]
    pub fn new(locale: Locale) -> Self {
        let tag = locale.tag();
        Self {
            tag,
            is_rtl: locale.direction() == Direction::Rtl,
            plurals: PluralRules::new(tag).ok(),
            numbers: NumberFormat::new(tag).ok(),
            regions: options(r#"{"type":"region"}"#)
                .and_then(|options| DisplayNames::new(tag, &options).ok()),
            // A day has no time zone; UTC keeps it the same everywhere.
            days: options(r#"{"dateStyle":"long","timeZone":"UTC"}"#)
                .and_then(|options| DateTimeFormat::new(tag, &options).ok()),
        }
    }
}

fn options(json: &str) -> Option<JsValue> {
    js_sys::JSON::parse(json).ok()
}

impl Formatter for IntlFormatter {
    fn plural_category(&self, count: u32) -> String {
        let category = self
            .plurals
            .as_ref()
            .and_then(|plurals| plurals.select(count).ok());
        // Right in English, and readable in every other language.
        category.unwrap_or_else(|| if count == 1 { "one" } else { "other" }.to_owned())
    }

    fn number(&self, count: u32) -> String {
        self.numbers
            .as_ref()
            .and_then(|numbers| numbers.format(count).ok())
            .unwrap_or_else(|| count.to_string())
    }

    fn country(&self, code: &str) -> String {
        countries::alpha2(code)
            .zip(self.regions.as_ref())
            .and_then(|(alpha2, regions)| regions.of(alpha2).ok().flatten())
            .unwrap_or_else(|| code.to_owned())
    }

    fn price(&self, amount: &str, currency: &str) -> String {
        // Anything else in there would end the options' text.
        let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
        let is_amount = amount.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && amount.bytes().filter(|b| *b == b'.').count() <= 1;
        let price = || {
            let json = [r#"{"style":"currency","currency":""#, currency, r#""}"#].concat();
            // Made when it is needed: most sessions have no price.
            let format = PriceFormat::new(self.tag, &options(&json)?).ok()?;
            // Read by the browser: the tables for it would weigh 10 kB here.
            let amount = js_sys::parse_float(amount);
            (!amount.is_nan())
                .then(|| format.format(amount).ok())
                .flatten()
        };
        let known = (is_code && is_amount).then(price).flatten();
        let price = known.unwrap_or_else(|| [amount, currency].join(" "));
        if self.is_rtl {
            // Amount and currency are one, whatever is around them: U+2066 and
            // U+2069 (Unicode Standard Annex 9, 2.7).
            ["\u{2066}", &price, "\u{2069}"].concat()
        } else {
            price
        }
    }

    fn day(&self, iso: &str) -> String {
        // Of all forms, only this one means midnight UTC (ECMA-262, "Date Time
        // String Format"); anything else is shown as it came.
        let is_day = iso.len() == 10 && iso.bytes().filter(|byte| *byte == b'-').count() == 2;
        let date = js_sys::Date::new(&JsValue::from_str(iso));
        if !is_day || date.get_time().is_nan() {
            return iso.to_owned();
        }
        self.days
            .as_ref()
            .and_then(|days| days.format(&date).ok())
            // A date is not torn at a line's end.
            .map(|day| day.split(' ').collect::<Vec<_>>().join("\u{a0}"))
            .unwrap_or_else(|| iso.to_owned())
    }
}

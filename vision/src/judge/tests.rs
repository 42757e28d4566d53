//! What is found wrong with whole pictures and with documents, and in which
//! order.

mod document;
mod whole;

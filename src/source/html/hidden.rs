//! Whether an element is hidden by its attributes.
//!
//! `<p style="display: none">` and `<p hidden>` are; `style="overflow:hidden"` hides nothing.

use super::entity::decode;
use super::token::Attributes;

/// Whether an element's attributes hide it.
pub fn hides(attributes: &Attributes<'_>) -> bool {
    attributes.hidden || attributes.style.is_some_and(style_hides)
}

/// Whether a style hides.
fn style_hides(style: &str) -> bool {
    const HIDING: [(&str, &str); 3] = [
        ("none", "display"),
        ("hidden", "visibility"),
        ("all", "mso-hide"),
    ];
    let style = decode(style);
    let bytes = style.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let value = bytes.get(at + 1..).unwrap_or_default().trim_ascii_start();
        HIDING.iter().any(|(hiding, property)| {
            let own = value.get(..hiding.len());
            own.is_some_and(|v| v.eq_ignore_ascii_case(hiding.as_bytes())) && {
                let name = bytes.get(..at).unwrap_or_default().trim_ascii_end();
                let start = name.len().saturating_sub(property.len());
                let own = name.get(start..).unwrap_or_default();
                own.eq_ignore_ascii_case(property.as_bytes())
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::style_hides;

    #[test]
    fn styles_that_hide_are_told() {
        for style in [
            "display:none",
            "color:red; DISPLAY : None !important",
            "visibility:\thidden",
            "mso-hide:all",
        ] {
            assert!(style_hides(style), "{style}");
        }
        for style in [
            "text-autospace:none",
            "overflow:hidden",
            "display:block",
            "",
            ":",
        ] {
            assert!(!style_hides(style), "{style}");
        }
    }
}

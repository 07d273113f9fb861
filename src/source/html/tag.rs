//! Names of elements, and what the standard's rules for building a tree say of them.
//!
//! `Tag::of(b"TD")` is [`Tag::Td`]; `Tag::of(b"o:p")` is [`Tag::Inline`], as is any other name of
//! which the rules say nothing.

macro_rules! tags {
    ($($name:literal $tag:ident)*) => {
        /// An element that some rule is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tag {
            /// All others, which are parts of a line.
            Inline,
            $(#[doc = $name] $tag,)*
        }

        #[allow(non_upper_case_globals)]
        mod keys {
            $(pub const $tag: u128 = super::key($name.as_bytes());)*
        }

        impl Tag {
            /// How many there are.
            pub const COUNT: usize = [$(Self::$tag,)*].len() + 1;

            /// By its name in any case.
            pub fn of(name: &[u8]) -> Self {
                match key(name) {
                    $(keys::$tag => Self::$tag,)*
                    _ => Self::Inline,
                }
            }
        }
    };
}

/// The bytes of a name in lower case as one number: names are told apart with a few comparisons.
/// 0 for a longer name than any rule has.
const fn key(name: &[u8]) -> u128 {
    let mut key = 0;
    let mut rest = name;
    if name.len() > 10 {
        return 0;
    }
    while let [first, others @ ..] = rest {
        // The capital letters are what this bit makes small letters of.
        key = key << 8 | (*first | 0x20) as u128;
        rest = others;
    }
    key
}

tags! {
    "a" A "b" B "i" I "u" U "p" P "s" S
    "br" Br "hr" Hr "td" Td "th" Th "tr" Tr "li" Li "dd" Dd "dt" Dt "dl" Dl "ol" Ol "ul" Ul
    "h1" H1 "h2" H2 "h3" H3 "h4" H4 "h5" H5 "h6" H6
    "col" Col "del" Del "dir" Dir "div" Div "img" Img "nav" Nav "pre" Pre "svg" Svg "wbr" Wbr
    "xml" Xml "xmp" Xmp
    "area" Area "base" Base "body" Body "form" Form "font" Font "head" Head "html" Html "link" Link "main" Main
    "math" Math "menu" Menu "meta" Meta "span" Span
    "aside" Aside "embed" Embed "frame" Frame "image" Image "input" Input "param" Param
    "style" Style "table" Table "tbody" Tbody "tfoot" Tfoot "thead" Thead "title" Title
    "track" Track
    "applet" Applet "button" Button "center" Center "dialog" Dialog "figure" Figure
    "footer" Footer "header" Header "hgroup" Hgroup "iframe" Iframe "keygen" Keygen
    "legend" Legend "object" Object "option" Option "script" Script "search" Search
    "select" Select "source" Source "strike" Strike
    "address" Address "article" Article "bgsound" Bgsound "caption" Caption "details" Details
    "listing" Listing "marquee" Marquee "noembed" Noembed "section" Section "summary" Summary
    "basefont" Basefont "colgroup" Colgroup "fieldset" Fieldset "frameset" Frameset
    "noframes" Noframes "noscript" Noscript "optgroup" Optgroup "template" Template
    "textarea" Textarea
    "plaintext" Plaintext
    "blockquote" Blockquote "figcaption" Figcaption
}

impl Tag {
    /// Elements that end an open paragraph, and stay open until something ends them.
    pub const fn is_flow(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Center, Details, Dialog, Dir, Div, Dl, Fieldset,
            Figcaption, Figure, Footer, Header, Hgroup, Listing, Main, Menu, Nav, Ol, P, Pre,
            Search, Section, Summary, Ul,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Header
                | Hgroup
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Pre
                | Search
                | Section
                | Summary
                | Ul
        )
    }

    /// 1 to 6 for a heading.
    pub const fn heading(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// Elements without content, which need no end.
    pub const fn is_void(self) -> bool {
        use Tag::{
            Area, Base, Basefont, Bgsound, Br, Col, Embed, Frame, Hr, Image, Img, Input, Keygen,
            Link, Meta, Param, Source, Track, Wbr,
        };
        matches!(
            self,
            Area | Base
                | Basefont
                | Bgsound
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Image
                | Img
                | Input
                | Keygen
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Elements whose content is no markup, and nothing that a reader of the page sees.
    pub const fn is_raw(self) -> bool {
        use Tag::{Iframe, Noembed, Noframes, Noscript, Script, Style, Textarea, Title, Xmp};
        matches!(
            self,
            Iframe | Noembed | Noframes | Noscript | Script | Style | Textarea | Title | Xmp
        )
    }

    /// Elements out of which no end tag of another element reaches.
    pub const fn is_scope(self) -> bool {
        use Tag::{Applet, Caption, Html, Marquee, Object, Select, Table, Td, Template, Th};
        matches!(
            self,
            Applet | Caption | Html | Marquee | Object | Select | Table | Td | Template | Th
        )
    }

    /// Elements that bar the search for an item of a list.
    pub const fn bars_items(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Address
                | Self::Div
                | Self::P
                | Self::Dialog
                | Self::Search
                | Self::Optgroup
                | Self::Option
                | Self::Legend
                | Self::Svg
                | Self::Math
        )
    }

    /// Elements whose text is on lines of its own.
    pub const fn is_block(self) -> bool {
        use Tag::{
            Address, Article, Aside, Blockquote, Body, Caption, Center, Dd, Details, Div, Dl, Dt,
            Fieldset, Figcaption, Figure, Footer, Form, Header, Hr, Html, Legend, Li, Main, Nav,
            Ol, P, Section, Summary, Ul,
        };
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Dd
                | Details
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | Header
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Nav
                | Ol
                | P
                | Section
                | Summary
                | Ul
        )
    }

    /// Elements whose content is never shown as text of the page.
    pub const fn is_unseen(self) -> bool {
        matches!(
            self,
            Self::Button | Self::Object | Self::Select | Self::Svg | Self::Math | Self::Template
        )
    }

    /// Parts of a table in which only other parts of it may stand.
    pub const fn is_table_frame(self) -> bool {
        matches!(
            self,
            Self::Table | Self::Tbody | Self::Thead | Self::Tfoot | Self::Tr | Self::Colgroup
        )
    }

    /// Groups of rows.
    pub const fn is_group(self) -> bool {
        matches!(self, Self::Tbody | Self::Thead | Self::Tfoot)
    }

    /// Cells.
    pub const fn is_cell(self) -> bool {
        matches!(self, Self::Td | Self::Th)
    }

    /// All parts of a table, the table not among them.
    pub const fn is_table_part(self) -> bool {
        self.is_group()
            || self.is_cell()
            || matches!(self, Self::Tr | Self::Caption | Self::Col | Self::Colgroup)
    }

    /// Elements in which text of a drawing or a formula cannot go on: it ends before them.
    pub const fn ends_drawing(self) -> bool {
        use Tag::{
            B, Blockquote, Body, Br, Center, Dd, Div, Dl, Dt, Embed, H1, H2, H3, H4, H5, H6, Head,
            Hr, I, Img, Li, Listing, Menu, Meta, Ol, P, Pre, S, Span, Strike, Table, U, Ul,
        };
        matches!(
            self,
            B | Blockquote
                | Body
                | Br
                | Center
                | Dd
                | Div
                | Dl
                | Dt
                | Embed
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Head
                | Hr
                | I
                | Img
                | Li
                | Listing
                | Menu
                | Meta
                | Ol
                | P
                | Pre
                | S
                | Span
                | Strike
                | Table
                | U
                | Ul
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Tag::of(b"TBODY"), Tag::Tbody);
        assert_eq!(Tag::of(b"o:p"), Tag::Inline);
        assert_eq!(Tag::of(b"figcaption"), Tag::Figcaption);
        assert_eq!(Tag::of(b"figcaptions"), Tag::Inline);
        assert_eq!(Tag::of("表".as_bytes()), Tag::Inline);
    }
}

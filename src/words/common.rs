//! Words and marks that several faces use.

use super::messages;

messages! {
    word_error zh "错误" en "error";
    word_warning zh "警告" en "warning";
    word_info zh "提示" en "info";
    comma zh "，" en ", ";
    colon zh "：" en ": ";
    list_comma zh "、" en ", ";
    semicolon zh "；" en "; ";
    unknown zh "（未识别）" en "(unknown)";
}

//! What is said of finding and opening files.

use super::messages;

messages! {
    // Finding and opening files
    batch_no_match zh "没有文件符合这个模式" en "no file matches this pattern";
    batch_list_unreadable { cause }
        zh "读不了文件清单：{cause}"
        en "cannot read the list of files: {cause}";
    batch_too_deep { levels }
        zh "文件夹套得太深，没有进去：最多 {levels} 层；里面的文件请直接写出"
        en "the folder lies too deep and was not entered: {levels} levels at most; name what is in it outright";
    batch_not_a_report
        zh "不是政府信息公开工作年度报告：没有找到标题、章节或统计表"
        en "this is no annual report on government information disclosure: no title, part or table of one was found";
    batch_internal { cause }
        zh "程序内部出错，这份文件没有处理：{cause}；请连同文件报告此问题"
        en "an internal error, this file was not processed: {cause}; please report it with the file";
}

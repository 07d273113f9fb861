//! What the readers say of a file: why it is not read, or what to mind in it.

use super::messages;

messages! {
    source_not_found
        zh "没有这个文件或目录，或者它已被移走：请核对路径"
        en "no such file or folder, or it was moved away: check the path";
    source_permission
        zh "没有读取权限：请修改文件或目录的权限，或换用有权限的账户"
        en "no permission to read it: change the permissions of the file or folder, or the account";
    source_io { error } zh "读取失败：{error}" en "reading failed: {error}";
    source_folder zh "这是一个文件夹，不是文件" en "this is a folder, not a file";
    source_special zh "这不是普通文件，不读取" en "this is no regular file and is not read";
    source_too_large { limit }
        zh "文件超过 {limit} MiB，不读取"
        en "the file is over {limit} MiB and is not read";
    source_too_many { most }
        zh "段落和表格单元超过 {most} 个，不读取"
        en "it has more than {most} paragraphs and table cells and is not read";
    source_too_much
        zh "读取它所需的步骤远多于正常文件，已中止"
        en "reading it takes far more steps than any real file, and was given up";
    source_unsupported { format }
        zh "{format} 格式暂不能读取：请另存为网页（HTML）或纯文本后再打开"
        en "{format} is not read yet: save it as a web page (HTML) or plain text and open that";
    source_empty zh "文件是空的，没有文字" en "the file is empty: it has no text";
    source_binary zh "这是二进制文件，不是文字" en "this is a binary file, not text";
    source_wrong_charset { declared, found }
        zh "网页声明的字符集是 {declared}，内容却是 {found}：按内容读取"
        en "the page declares the charset {declared} but its content is {found}: read by its content";
    source_lossy { found }
        zh "有些字节不合 {found} 编码，已用 � 代替"
        en "some bytes are not valid {found} and are shown as �";
    source_long_table { rows }
        zh "有一张 {rows} 行的表，比任何格式的表都长：只取其中格式规定的行，请核对"
        en "a table has {rows} rows, more than any form: only the rows of the form are taken, so check them";
}

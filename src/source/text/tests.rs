//! Tables of every kind within texts, as files have them.

use crate::document::{Block, Document};
use crate::source::limits::{Limits, Work};

fn read(text: String, encoding: &str) -> Document {
    let limits = Limits::default();
    super::read(text, encoding, &limits, Work::new(&limits, 1 << 20))
        .unwrap()
        .0
}

#[test]
fn long_texts_take_linear_time() {
    // None of these is a table, and each looks like one from every line on.
    for line in [
        "规章 | 1 | |||",
        "规章 | 1 |",
        "│ 1 │",
        "┌─┐\n└─┘",
        "-- --",
        "--- ---\n一",
        "-- --\n\n一",
    ] {
        let text = format!("{line}\n").repeat(40_000);
        let document = read(text.clone(), "UTF-8");
        assert_eq!(document.text, text);
        assert!(document.blocks.len() >= 20_000, "{line}");
    }
}

#[test]
fn lines_are_paragraphs_and_keep_their_ends() {
    let text = "# 年度报告\r\n\r\n　　一段话。 \r\n#号\n";
    let document = read(text.to_owned(), "UTF-8");
    let shown: Vec<(u8, &str)> = document
        .blocks
        .iter()
        .map(|b| match b {
            Block::Heading { span, level } => (*level, span.of(text)),
            Block::Paragraph(span) => (0, span.of(text)),
            Block::Table(_) => (9, ""),
        })
        .collect();
    assert_eq!(shown, [(1, "# 年度报告"), (0, "一段话。"), (0, "#号")]);
    assert_eq!(document.text, text);
}

mod box_tables {
    use super::read;
    use crate::document::Block;

    #[test]
    fn wrapped_and_merged_cells_are_followed() {
        let text = "\
┌──────┬──────┬────┐
│三、结│予以公│20  │
│果    │开    │    │
│      ├──────┼────┤
│      │部分公│    │
│      │开    │    │
└──────┴──────┴────┘
";
        let document = read(text.to_owned(), "UTF-8");
        let Some(Block::Table(grid)) = document.blocks.first() else {
            panic!("no grid")
        };
        let cells: Vec<(usize, usize, usize, String)> = grid
            .cells
            .iter()
            .map(|c| (c.row, c.column, c.row_span, c.text(text).replace('\n', "")))
            .collect();
        assert_eq!(
            cells,
            [
                (0, 0, 2, "三、结果".to_owned()),
                (0, 1, 1, "予以公开".to_owned()),
                (0, 2, 1, "20".to_owned()),
                (1, 1, 1, "部分公开".to_owned()),
                (1, 2, 1, String::new())
            ]
        );
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        let document = read(text.to_owned(), "UTF-8");
        let Some(Block::Table(grid)) = document.blocks.first() else {
            panic!("no grid")
        };
        (0..grid.rows)
            .map(|r| {
                (0..grid.columns)
                    .map(|c| {
                        grid.at(r, c)
                            .map_or("∅".to_owned(), |x| x.text(text).replace('\n', ""))
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn characters_of_either_width_move_no_cell() {
        // Once “ ” and — are two columns wide, once one.
        for text in [
            "┌────────┬──┐\n│“三安”│3 │\n├────────┼──┤\n│——    │  │\n├────────┼──┤\n│规章    │1 │\n└────────┴──┘\n",
            "┌────────┬──┐\n│“三安”  │3 │\n├────────┼──┤\n│——      │  │\n├────────┼──┤\n│规章    │1 │\n└────────┴──┘\n",
        ] {
            assert_eq!(
                cells(text),
                [["“三安”", "3"], ["——", ""], ["规章", "1"]],
                "{text}"
            );
        }
    }

    #[test]
    fn titles_reach_over_columns() {
        let text = "\
+-------------+------+
| 行政复议    | 诉讼 |
+------+------+------+
| 维持 | 纠正 | 总计 |
+======+======+======+
| 1    |      | 3    |
+------+------+------+
";
        assert_eq!(
            cells(text),
            [
                ["行政复议", "行政复议", "诉讼"],
                ["维持", "纠正", "总计"],
                ["1", "", "3"]
            ]
        );
    }

    #[test]
    fn without_lines_between_rows_a_line_is_a_row() {
        let text = "\
+------+----+
| 指标 | 数 |
+------+----+
| 规章 | +1 |
| 文件 | 2  |
| 许可 | 3  |
+------+----+
";
        assert_eq!(
            cells(text),
            [["指标", "数"], ["规章", "+1"], ["文件", "2"], ["许可", "3"]]
        );
    }

    #[test]
    fn tables_that_touch_are_two() {
        let text = "┌──┬─┐\n│甲│1│\n└──┴─┘\n┌──┬─┐\n│乙│2│\n└──┴─┘\n";
        let document = read(text.to_owned(), "UTF-8");
        assert_eq!(document.blocks.len(), 2);
    }

    #[test]
    fn a_box_around_a_title_does_not_hide_the_table_below() {
        let text = "┌────┐\n│标题│\n└────┘\n┌──┬─┐\n│甲│1│\n├──┼─┤\n│乙│2│\n└──┴─┘\n";
        let document = read(text.to_owned(), "UTF-8");
        let grids: Vec<(usize, usize)> = document
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Table(g) => Some((g.rows, g.columns)),
                _ => None,
            })
            .collect();
        assert_eq!(grids, [(2, 2)]);
    }

    #[test]
    fn programs_that_count_characters_are_followed() {
        let text = "\
+------+------+
| 规章制度 | 1    |
+------+------+
| 文件   | 行政许可 |
+------+------+
";
        assert_eq!(cells(text), [["规章制度", "1"], ["文件", "行政许可"]]);
    }
}

mod pipe_tables {
    use super::read;
    use crate::document::Block;

    fn grids(text: &str) -> Vec<(usize, usize, bool)> {
        let document = read(text.to_owned(), "UTF-8");
        document
            .blocks
            .iter()
            .filter_map(|b| {
                if let Block::Table(g) = b {
                    Some((g.rows, g.columns, g.rectangular))
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn kept_empty_cells_make_a_grid() {
        assert_eq!(
            grids("| 规章 |  | 1 | \n|---|---|---|\n| 行政许可 | 2 |  | \n| 行政处罚 | 3 | 4 | \n"),
            [(3, 3, true)]
        );
        assert_eq!(
            grids("规章|  | 1\n行政许可| 2| 3| 4\n行政处罚| 3| 4\n"),
            [(3, 4, false)]
        );
    }

    #[test]
    fn padded_rows_make_none() {
        assert_eq!(
            grids("规章 | 1 | ||\n行政许可 | 2 | 3 | |\n行政处罚 | ||||\n"),
            []
        );
    }
}

mod dash_tables {
    use super::read;
    use crate::document::Block;

    fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
        let document = read(text.to_owned(), "UTF-8");
        document
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Table(g) => Some(
                    (0..g.rows)
                        .map(|r| {
                            (0..g.columns)
                                .map(|c| {
                                    g.at(r, c)
                                        .map_or(String::new(), |x| x.text(text).replace('\n', ""))
                                })
                                .collect()
                        })
                        .collect(),
                ),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_simple_table_keeps_its_empty_cells() {
        let text = "\
一、甲

  ------------------- ---- ------
  统计指标            单位 数
  “三安全”            ——   
  　（一）收到申请数  件   3
  注解很长，超过了这一列的宽度  件   4
  ------------------- ---- ------

后文
";
        assert_eq!(
            tables(text),
            [[
                ["统计指标", "单位", "数"],
                ["“三安全”", "——", ""],
                ["（一）收到申请数", "件", "3"],
                ["注解很长，超过了这一列的宽度", "件", "4"],
            ]]
        );
    }

    #[test]
    fn a_head_may_stand_over_the_line_and_prose_between_tables_is_none_of_theirs() {
        let text = "\
甲

  指标     数
  -------- ----
  规章     1
  文件     

中间一段话。

  指标     数
  -------- ----
  许可     2

末尾。
";
        assert_eq!(
            tables(text),
            [
                [["指标", "数"], ["规章", "1"], ["文件", ""]].to_vec(),
                [["指标", "数"], ["许可", "2"]].to_vec()
            ]
        );
    }

    #[test]
    fn rows_wrapped_over_lines_are_joined() {
        let text = "\
甲

  -----------------------
  指标           本年
                 数
  -------------- --------
  本年新收政府   3
  信息公开申请   

  上年结转       1
  -----------------------

后文
";
        assert_eq!(
            tables(text),
            [[
                ["指标", "本年数"],
                ["本年新收政府信息公开申请", "3"],
                ["上年结转", "1"]
            ]]
        );
    }

    #[test]
    fn lines_of_prose_are_no_table() {
        assert!(tables("甲\n\n-- --\n\n乙 丙\n\n-- --\n\n丁\n").is_empty());
    }
}

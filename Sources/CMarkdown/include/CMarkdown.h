// GitHub's dialect of CommonMark, as cmark-gfm reads it.
#ifndef WHOM_CMARKDOWN_H
#define WHOM_CMARKDOWN_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stddef.h>
#include <stdint.h>

// Parses with tables, strikethrough, bare links and task lists. The caller frees the tree with
// cmark_node_free. NULL only when memory is out.
cmark_node *whom_markdown_parse(const char *bytes, size_t length);

// Kinds that the extensions register at run time, by stable numbers. 0: a kind of CommonMark
// itself, which cmark_node_get_type tells.
typedef enum {
  whom_markdown_core = 0,
  whom_markdown_table,
  whom_markdown_table_row,
  whom_markdown_table_cell,
  whom_markdown_strikethrough,
} whom_markdown_kind;

whom_markdown_kind whom_markdown_extension_kind(cmark_node *node);

// 'l', 'c', 'r' or 0 for a column of a table.
uint8_t whom_markdown_alignment(cmark_node *table, size_t column);

// 1: a task that is done; 0: one that is open; -1: no task.
int whom_markdown_task(cmark_node *item);

// 1 when a code block has a fence, 0 when it is indented.
int whom_markdown_is_fenced(cmark_node *code_block);

#endif

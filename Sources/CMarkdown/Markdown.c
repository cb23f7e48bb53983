#include "CMarkdown.h"

#include <string.h>

cmark_node *whom_markdown_parse(const char *bytes, size_t length) {
  static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  if (!parser) return NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(names[i]);
    if (extension) cmark_parser_attach_syntax_extension(parser, extension);
  }
  cmark_parser_feed(parser, bytes, length);
  cmark_node *document = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return document;
}

whom_markdown_kind whom_markdown_extension_kind(cmark_node *node) {
  const char *name = cmark_node_get_type_string(node);
  if (strcmp(name, "table") == 0) return whom_markdown_table;
  if (strcmp(name, "table_row") == 0) return whom_markdown_table_row;
  if (strcmp(name, "table_header") == 0) return whom_markdown_table_row;
  if (strcmp(name, "table_cell") == 0) return whom_markdown_table_cell;
  if (strcmp(name, "strikethrough") == 0) return whom_markdown_strikethrough;
  return whom_markdown_core;
}

uint8_t whom_markdown_alignment(cmark_node *table, size_t column) {
  if (column >= cmark_gfm_extensions_get_table_columns(table)) return 0;
  uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
  return alignments ? alignments[column] : 0;
}

int whom_markdown_task(cmark_node *item) {
  if (strcmp(cmark_node_get_type_string(item), "tasklist") != 0) return -1;
  return cmark_gfm_extensions_get_tasklist_item_checked(item) ? 1 : 0;
}

int whom_markdown_is_fenced(cmark_node *code_block) {
  int length, offset;
  char character;
  return cmark_node_get_fenced(code_block, &length, &offset, &character);
}

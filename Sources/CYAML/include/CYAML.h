// libyaml's event stream behind one flat record, so that Swift touches no unions.
#ifndef WHOM_CYAML_H
#define WHOM_CYAML_H

#include <stddef.h>

typedef enum {
  whom_yaml_end = 0,
  whom_yaml_error,
  whom_yaml_scalar,
  whom_yaml_list_start,
  whom_yaml_list_end,
  whom_yaml_map_start,
  whom_yaml_map_end,
  // An alias, or a node with an anchor or a tag of its own.
  whom_yaml_unsupported,
  // A second document in the same text.
  whom_yaml_second_document,
} whom_yaml_kind;

typedef struct {
  whom_yaml_kind kind;
  // Positions count Unicode scalars from the start of the text.
  size_t start;
  size_t end;
  // Of a scalar, or of an error; alive until the next call.
  const char *text;
  size_t length;
  // A scalar without quotes: `yes`, 12, 2m.
  int is_plain;
} whom_yaml_event;

typedef struct whom_yaml_reader whom_yaml_reader;

// NULL only when memory is out. The bytes must outlive the reader.
whom_yaml_reader *whom_yaml_open(const unsigned char *bytes, size_t length);
whom_yaml_event whom_yaml_next(whom_yaml_reader *reader);
void whom_yaml_close(whom_yaml_reader *reader);

// `0.2.5`; a text that lives as long as the program.
const char *whom_yaml_version(void);

#endif

#include "CYAML.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct whom_yaml_reader {
  yaml_parser_t parser;
  yaml_event_t event;
  int has_event;
  int documents;
};

whom_yaml_reader *whom_yaml_open(const unsigned char *bytes, size_t length) {
  whom_yaml_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  if (!yaml_parser_initialize(&reader->parser)) {
    free(reader);
    return NULL;
  }
  yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&reader->parser, bytes, length);
  return reader;
}

void whom_yaml_close(whom_yaml_reader *reader) {
  if (reader->has_event) yaml_event_delete(&reader->event);
  yaml_parser_delete(&reader->parser);
  free(reader);
}

static whom_yaml_event failure(const yaml_parser_t *parser) {
  const char *problem = parser->problem ? parser->problem : "not valid YAML";
  size_t at = parser->problem_mark.index;
  return (whom_yaml_event){
      .kind = whom_yaml_error, .start = at, .end = at, .text = problem, .length = strlen(problem)};
}

static int is_plain_node(const yaml_char_t *anchor, const yaml_char_t *tag) {
  return !anchor && !tag;
}

static whom_yaml_event scalar(const yaml_event_t *event, whom_yaml_event result) {
  if (!is_plain_node(event->data.scalar.anchor, event->data.scalar.tag)) {
    result.kind = whom_yaml_unsupported;
    return result;
  }
  result.kind = whom_yaml_scalar;
  result.text = (const char *)event->data.scalar.value;
  result.length = event->data.scalar.length;
  result.is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  return result;
}

static whom_yaml_event translate(const yaml_event_t *event) {
  whom_yaml_event result = {.start = event->start_mark.index, .end = event->end_mark.index};
  switch (event->type) {
    case YAML_SCALAR_EVENT: return scalar(event, result);
    case YAML_SEQUENCE_START_EVENT:
      result.kind = is_plain_node(event->data.sequence_start.anchor,
                                  event->data.sequence_start.tag)
                        ? whom_yaml_list_start
                        : whom_yaml_unsupported;
      return result;
    case YAML_MAPPING_START_EVENT:
      result.kind = is_plain_node(event->data.mapping_start.anchor, event->data.mapping_start.tag)
                        ? whom_yaml_map_start
                        : whom_yaml_unsupported;
      return result;
    case YAML_SEQUENCE_END_EVENT: result.kind = whom_yaml_list_end; return result;
    case YAML_MAPPING_END_EVENT: result.kind = whom_yaml_map_end; return result;
    case YAML_ALIAS_EVENT: result.kind = whom_yaml_unsupported; return result;
    case YAML_STREAM_END_EVENT:
    default: result.kind = whom_yaml_end; return result;
  }
}

static int is_frame(yaml_event_type_t type) {
  return type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT ||
         type == YAML_DOCUMENT_END_EVENT;
}

whom_yaml_event whom_yaml_next(whom_yaml_reader *reader) {
  for (;;) {
    if (reader->has_event) yaml_event_delete(&reader->event);
    reader->has_event = yaml_parser_parse(&reader->parser, &reader->event);
    if (!reader->has_event) return failure(&reader->parser);
    if (reader->event.type == YAML_DOCUMENT_START_EVENT && ++reader->documents > 1) {
      whom_yaml_event second = translate(&reader->event);
      second.kind = whom_yaml_second_document;
      return second;
    }
    if (!is_frame(reader->event.type)) return translate(&reader->event);
  }
}

const char *whom_yaml_version(void) { return yaml_get_version_string(); }

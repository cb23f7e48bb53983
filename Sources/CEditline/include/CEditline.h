// libedit behind a handful of plain functions: its own are variadic, which Swift cannot call, and
// its callbacks need C strings that outlive them.
#ifndef WHOM_CEDITLINE_H
#define WHOM_CEDITLINE_H

#include <stddef.h>

typedef struct whom_editor whom_editor;

typedef enum {
  whom_line_text = 0,
  whom_line_interrupted,  // Ctrl-C: the line was thrown away.
  whom_line_end,          // Ctrl-D on an empty line, or the terminal went away.
} whom_line_kind;

// Called for a Tab with the text before the cursor; answers by whom_editor_insert and _list.
typedef void (*whom_completion)(void *context, const char *before, size_t length);

// Called for Enter with the input and the place of the cursor in it: 1 where it may run, 0 where
// it goes on, after whom_editor_insert added the line.
typedef int (*whom_enter)(void *context, const char *text, size_t length, size_t cursor);

// Over two file descriptors, which stay the caller's. NULL when they cannot be edited on.
whom_editor *whom_editor_open(int input, int output);
void whom_editor_close(whom_editor *editor);

// The text lives until the next call and has no line end.
whom_line_kind whom_editor_read(whom_editor *editor, const char *prompt, const char **text,
                                size_t *length);

void whom_editor_remember(whom_editor *editor, const char *entry);
void whom_editor_on_tab(whom_editor *editor, whom_completion completion, void *context);

void whom_editor_on_enter(whom_editor *editor, whom_enter enter);

// Called once, when the first prompt is on the screen and before the first key is read.
void whom_editor_on_wait(whom_editor *editor, void (*wait)(void *context), void *context);

// Only while a completion is asked for.
void whom_editor_insert(whom_editor *editor, const char *text);
void whom_editor_list(whom_editor *editor, const char *lines);

void whom_editor_print(whom_editor *editor, const char *text);

// Width of the terminal in columns; 80 where it is not known.
int whom_editor_width(whom_editor *editor);
// Its height in lines; 0 where it is not known.
int whom_editor_height(whom_editor *editor);

#endif

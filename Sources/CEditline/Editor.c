// For wcwidth.
#define _GNU_SOURCE

#include "CEditline.h"

#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

// A paste longer than this is cut: nobody reviews a million characters at a prompt.
#define PASTE_LIMIT (1 << 20)

struct whom_editor {
  EditLine *line;
  History *history;
  FILE *input;
  FILE *output;
  const char *prompt;
  int interrupted;
  int listed;
  whom_completion completion;
  whom_enter enter;
  void *context;
  void (*wait)(void *);
  void *wait_context;
};

// The key that ends the input, which nobody types: Ctrl-O.
#define FINISH "\017"

static whom_editor *owner(EditLine *line) {
  void *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static char *prompt(EditLine *line) { return (char *)owner(line)->prompt; }

// Where the line of the input begins that `at` is in.
static const wchar_t *line_start(const wchar_t *buffer, const wchar_t *at) {
  while (at > buffer && at[-1] != L'\n') at--;
  return at;
}

static const wchar_t *line_end(const wchar_t *at, const wchar_t *last) {
  while (at < last && *at != L'\n') at++;
  return at;
}

// Puts the cursor behind the input, so that what is printed next stands below all of its lines.
static int to_end(EditLine *line) {
  const LineInfoW *info = el_wline(line);
  int distance = (int)(info->lastchar - info->cursor);
  if (distance > 0) {
    el_cursor(line, distance);
    el_set(line, EL_REFRESH);
  }
  return distance;
}

// With -isig Ctrl-C arrives as a key, so no signal handler can race with the editor.
static unsigned char interrupt(EditLine *line, int key) {
  (void)key;
  whom_editor *editor = owner(line);
  editor->interrupted = 1;
  to_end(line);
  fputs("^C\r\n", editor->output);
  fflush(editor->output);
  return CC_EOF;
}

static unsigned char suspend(EditLine *line, int key) {
  (void)key;
  el_set(line, EL_PREP_TERM, 0);
  raise(SIGTSTP);
  el_set(line, EL_PREP_TERM, 1);
  return CC_REDISPLAY;
}

static unsigned char complete(EditLine *line, int key) {
  (void)key;
  whom_editor *editor = owner(line);
  if (!editor->completion) return CC_ERROR;
  const LineInfo *info = el_line(line);
  editor->listed = 0;
  editor->completion(editor->context, info->buffer, (size_t)(info->cursor - info->buffer));
  return editor->listed ? CC_REDISPLAY : CC_REFRESH;
}

// The parser says whether the input is whole; a line is added where it is not.
static unsigned char enter(EditLine *line, int key) {
  (void)key;
  whom_editor *editor = owner(line);
  const LineInfo *info = el_line(line);
  int isWhole = !editor->enter || editor->enter(editor->context, info->buffer,
                                                (size_t)(info->lastchar - info->buffer),
                                                (size_t)(info->cursor - info->buffer));
  if (!isWhole) return CC_REFRESH;
  to_end(line);
  el_push(line, FINISH);
  return CC_NORM;
}

// A line more, whole or not.
static unsigned char newline(EditLine *line, int key) {
  (void)key;
  return el_insertstr(line, "\n  ") < 0 ? CC_ERROR : CC_REFRESH;
}

// How far the sign at `at` stands from the left.
static int column(whom_editor *editor, const wchar_t *buffer, const wchar_t *at) {
  const wchar_t *start = line_start(buffer, at);
  return (int)(at - start) + (start == buffer ? (int)strlen(editor->prompt) : 0);
}

// Moves to the line that begins at `start`, below or above the sign the cursor was at.
static unsigned char move(EditLine *line, const wchar_t *start) {
  const LineInfoW *info = el_wline(line);
  whom_editor *editor = owner(line);
  int wanted = column(editor, info->buffer, info->cursor) - column(editor, info->buffer, start);
  int length = (int)(line_end(start, info->lastchar) - start);
  const wchar_t *target = start + (wanted < 0 ? 0 : wanted > length ? length : wanted);
  el_cursor(line, (int)(target - info->cursor));
  return CC_REFRESH;
}

// Up within the input, from its first line on through the history.
static unsigned char up(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *start = line_start(info->buffer, info->cursor);
  if (start > info->buffer) return move(line, line_start(info->buffer, start - 1));
  el_push(line, "\020");
  return CC_NORM;
}

static unsigned char down(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  const wchar_t *end = line_end(info->cursor, info->lastchar);
  if (end < info->lastchar) return move(line, end + 1);
  el_push(line, "\016");
  return CC_NORM;
}

static unsigned char to_line_start(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  el_cursor(line, -(int)(info->cursor - line_start(info->buffer, info->cursor)));
  return CC_REFRESH;
}

static unsigned char to_line_end(EditLine *line, int key) {
  (void)key;
  const LineInfoW *info = el_wline(line);
  el_cursor(line, (int)(line_end(info->cursor, info->lastchar) - info->cursor));
  return CC_REFRESH;
}

// Whether the text ends in the sign that closes a bracketed paste.
static int is_paste_end(const wchar_t *text, size_t length) {
  static const wchar_t sign[] = L"\033[201~";
  const size_t size = sizeof sign / sizeof *sign - 1;
  return length >= size && wmemcmp(text + length - size, sign, size) == 0;
}

// Inserts a paste as it is, line ends included: without this each of its lines would run alone.
static unsigned char paste(EditLine *line, int key) {
  (void)key;
  wchar_t *text = malloc((PASTE_LIMIT + 1) * sizeof *text), next;
  if (!text) return CC_ERROR;
  size_t length = 0;
  while (el_wgetc(line, &next) == 1) {
    if (next == L'\r') next = L'\n';
    int is_shown = next >= L' ' || next == L'\n' || next == L'\t' || next == L'\033';
    if (is_shown && next != 0x7f && length < PASTE_LIMIT) text[length++] = next;
    if (next == L'~' && is_paste_end(text, length)) {
      length -= 6;
      break;
    }
  }
  size_t kept = 0;
  for (size_t i = 0; i < length; i++)
    if (text[i] != L'\033') text[kept++] = text[i];
  text[kept] = 0;
  if (kept > 0) el_winsertstr(line, text);
  free(text);
  return CC_REFRESH;
}

// Stands in for libedit's way to read a key until the first one is asked for.
static int first_key(EditLine *line, wchar_t *key) {
  whom_editor *editor = owner(line);
  el_set(line, EL_GETCFN, EL_BUILTIN_GETCFN);
  fflush(editor->output);
  editor->wait(editor->wait_context);
  return el_wgetc(line, key);
}

void whom_editor_on_wait(whom_editor *editor, void (*wait)(void *context), void *context) {
  editor->wait = wait;
  editor->wait_context = context;
  el_set(editor->line, EL_GETCFN, first_key);
}

static void bind_keys(EditLine *line) {
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_ADDFN, "whom-interrupt", "Throw the line away", interrupt);
  el_set(line, EL_ADDFN, "whom-suspend", "Go to the background", suspend);
  el_set(line, EL_ADDFN, "whom-complete", "Complete the word", complete);
  el_set(line, EL_ADDFN, "whom-paste", "Insert a paste", paste);
  el_set(line, EL_ADDFN, "whom-enter", "Run the input or go on with it", enter);
  el_set(line, EL_ADDFN, "whom-newline", "Add a line", newline);
  el_set(line, EL_ADDFN, "whom-up", "Up a line, or back in the history", up);
  el_set(line, EL_ADDFN, "whom-down", "Down a line, or on in the history", down);
  el_set(line, EL_ADDFN, "whom-line-start", "To the start of the line", to_line_start);
  el_set(line, EL_ADDFN, "whom-line-end", "To the end of the line", to_line_end);
  static const char *const keys[][2] = {
      {"^C", "whom-interrupt"},     {"^Z", "whom-suspend"},
      {"^I", "whom-complete"},      {"\\e[200~", "whom-paste"},
      {"^R", "em-inc-search-prev"}, {"\\e[1;5C", "em-next-word"},
      {"\\e[1;5D", "ed-prev-word"}, {"\\e[3~", "ed-delete-next-char"},
      {"^O", "ed-newline"},         {"^J", "whom-enter"},
      {"^M", "whom-enter"},         {"\\e^M", "whom-newline"},
      {"\\e^J", "whom-newline"},    {"\\e[A", "whom-up"},
      {"\\eOA", "whom-up"},         {"\\e[B", "whom-down"},
      {"\\eOB", "whom-down"},       {"^A", "whom-line-start"},
      {"\\e[1~", "whom-line-start"}, {"\\e[H", "whom-line-start"},
      {"\\eOH", "whom-line-start"}, {"^E", "whom-line-end"},
      {"\\e[4~", "whom-line-end"},  {"\\e[F", "whom-line-end"},
      {"\\eOF", "whom-line-end"},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    el_set(line, EL_BIND, keys[i][0], keys[i][1], NULL);
}

// Outside a UTF-8 locale libedit drops every byte that is not ASCII.
static void use_utf8(void) {
  if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX < 2) setlocale(LC_CTYPE, "C.UTF-8");
}

// The process's own streams where they are meant, so that nothing is buffered twice.
static FILE *stream(int descriptor, FILE *own, const char *mode) {
  if (descriptor == fileno(own)) return own;
  int copy = dup(descriptor);
  return copy < 0 ? NULL : fdopen(copy, mode);
}

whom_editor *whom_editor_open(int input, int output) {
  if (!isatty(input) || !isatty(output)) return NULL;
  use_utf8();
  whom_editor *editor = calloc(1, sizeof *editor);
  if (!editor) return NULL;
  editor->input = stream(input, stdin, "r");
  editor->output = stream(output, stdout, "w");
  editor->prompt = "";
  if (editor->input && editor->output)
    editor->line = el_init("whom", editor->input, editor->output, editor->output);
  editor->history = history_init();
  if (!editor->line || !editor->history) {
    whom_editor_close(editor);
    return NULL;
  }
  HistEvent event;
  history(editor->history, &event, H_SETSIZE, 10000);
  history(editor->history, &event, H_SETUNIQUE, 1);
  el_set(editor->line, EL_CLIENTDATA, editor);
  el_set(editor->line, EL_PROMPT_ESC, prompt, '\1');
  el_set(editor->line, EL_HIST, history, editor->history);
  el_set(editor->line, EL_SIGNAL, 0);
  el_set(editor->line, EL_SETTY, "-d", "-isig", NULL);
  bind_keys(editor->line);
  el_source(editor->line, NULL);
  return editor;
}

void whom_editor_close(whom_editor *editor) {
  if (editor->history) history_end(editor->history);
  if (editor->line) el_end(editor->line);
  if (editor->input && editor->input != stdin) fclose(editor->input);
  if (editor->output && editor->output != stdout) fclose(editor->output);
  free(editor);
}

static void bracketed_paste(whom_editor *editor, int on) {
  fputs(on ? "\033[?2004h" : "\033[?2004l", editor->output);
  fflush(editor->output);
}

whom_line_kind whom_editor_read(whom_editor *editor, const char *prompt, const char **text,
                                size_t *length) {
  editor->prompt = prompt;
  editor->interrupted = 0;
  el_resize(editor->line);
  int count = 0;
  bracketed_paste(editor, 1);
  const char *line = el_gets(editor->line, &count);
  bracketed_paste(editor, 0);
  if (editor->interrupted) return whom_line_interrupted;
  if (!line || count <= 0) return whom_line_end;
  *length = (size_t)count;
  if (line[*length - 1] == '\n') *length -= 1;
  *text = line;
  return whom_line_text;
}

void whom_editor_remember(whom_editor *editor, const char *entry) {
  HistEvent event;
  history(editor->history, &event, H_ENTER, entry);
}

void whom_editor_on_tab(whom_editor *editor, whom_completion completion, void *context) {
  editor->completion = completion;
  editor->context = context;
}

void whom_editor_on_enter(whom_editor *editor, whom_enter enter) { editor->enter = enter; }

void whom_editor_insert(whom_editor *editor, const char *text) { el_insertstr(editor->line, text); }

// How many lines of the screen the input takes.
static int rows(whom_editor *editor) {
  const LineInfoW *info = el_wline(editor->line);
  int width = whom_editor_width(editor), count = 1;
  int at = (int)strlen(editor->prompt);
  for (const wchar_t *sign = info->buffer; sign < info->lastchar; sign++) {
    int cells = wcwidth(*sign);
    at += cells > 0 ? cells : 0;
    if (*sign != L'\n' && at < width) continue;
    at = 0;
    count++;
  }
  return count;
}

void whom_editor_list(whom_editor *editor, const char *lines) {
  int distance = to_end(editor->line);
  fprintf(editor->output, "\r\n%s\r\n", lines);
  // libedit draws the input anew from as many lines above as it had before.
  for (int row = rows(editor); row > 1; row--) fputs("\r\n", editor->output);
  fflush(editor->output);
  if (distance > 0) el_cursor(editor->line, -distance);
  editor->listed = 1;
}

void whom_editor_print(whom_editor *editor, const char *text) {
  fputs(text, editor->output);
  fflush(editor->output);
}

int whom_editor_height(whom_editor *editor) {
  struct winsize size;
  return ioctl(fileno(editor->output), TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

int whom_editor_width(whom_editor *editor) {
  struct winsize size;
  int known = ioctl(fileno(editor->output), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

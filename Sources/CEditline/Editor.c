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
  void *context;
};

static whom_editor *owner(EditLine *line) {
  void *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static char *prompt(EditLine *line) { return (char *)owner(line)->prompt; }

// With -isig Ctrl-C arrives as a key, so no signal handler can race with the editor.
static unsigned char interrupt(EditLine *line, int key) {
  (void)key;
  whom_editor *editor = owner(line);
  editor->interrupted = 1;
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

static void bind_keys(EditLine *line) {
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_ADDFN, "whom-interrupt", "Throw the line away", interrupt);
  el_set(line, EL_ADDFN, "whom-suspend", "Go to the background", suspend);
  el_set(line, EL_ADDFN, "whom-complete", "Complete the word", complete);
  el_set(line, EL_ADDFN, "whom-paste", "Insert a paste", paste);
  static const char *const keys[][2] = {
      {"^C", "whom-interrupt"},     {"^Z", "whom-suspend"},
      {"^I", "whom-complete"},      {"\\e[200~", "whom-paste"},
      {"^R", "em-inc-search-prev"}, {"\\e[1;5C", "em-next-word"},
      {"\\e[1;5D", "ed-prev-word"}, {"\\e[1~", "ed-move-to-beg"},
      {"\\e[4~", "ed-move-to-end"}, {"\\e[3~", "ed-delete-next-char"},
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

void whom_editor_insert(whom_editor *editor, const char *text) { el_insertstr(editor->line, text); }

void whom_editor_list(whom_editor *editor, const char *lines) {
  fprintf(editor->output, "\r\n%s\r\n", lines);
  fflush(editor->output);
  editor->listed = 1;
}

void whom_editor_print(whom_editor *editor, const char *text) {
  fputs(text, editor->output);
  fflush(editor->output);
}

int whom_editor_width(whom_editor *editor) {
  struct winsize size;
  int known = ioctl(fileno(editor->output), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

// Counts what a program asks of the file system below one folder, and ends it, or lets a call fail,
// at a chosen one. Loaded by LD_PRELOAD into the real daemon.
//
//   POINTS_ROOT   only files below this folder count
//   POINTS_SINCE  a file: only calls count that begin once it is there
//   POINTS_COUNT  a file that gets a line for each call that has returned: what it was, when by
//                 CLOCK_MONOTONIC, and the file's name below the folder (dry run)
//   POINTS_AT     the call, from 1, at which it happens; 0 or nothing: never
//   POINTS_MODE   kill: ended before it   torn: half of a write is done, anything else whole, then
//                 ended   eio, enospc: it fails so, and the program goes on
//   POINTS_UNSYNCED  files whose path has this in it are never synced, though they seem to be
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum mode { NONE, KILL, TORN, FAIL_EIO, FAIL_ENOSPC };
static _Atomic long calls;
static long at;
static enum mode mode;
static char root[PATH_MAX];
static size_t root_length;
static const char *since;
static _Atomic int begun;
static const char *unsynced;
static int count_fd = -1;
// The file that the call of this thread is about.
static _Thread_local char subject[PATH_MAX];

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("POINTS_ROOT");
  if (text && strlen(text) < sizeof root) strcpy(root, text);
  root_length = strlen(root);
  since = getenv("POINTS_SINCE");
  begun = !since;
  text = getenv("POINTS_AT");
  at = text ? atol(text) : 0;
  text = getenv("POINTS_MODE");
  if (text && !strcmp(text, "kill")) mode = KILL;
  if (text && !strcmp(text, "torn")) mode = TORN;
  if (text && !strcmp(text, "eio")) mode = FAIL_EIO;
  if (text && !strcmp(text, "enospc")) mode = FAIL_ENOSPC;
  unsynced = getenv("POINTS_UNSYNCED");
  text = getenv("POINTS_COUNT");
  if (text) count_fd = open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Whether calls about this path, which is the folder or below it, count by now.
static int counts(const char *path) {
  if (!begun && !(begun = !access(since, F_OK))) return 0;
  snprintf(subject, sizeof subject, "%s", path + root_length);
  return 1;
}

static int is_below(const char *path) {
  return root_length && !strncmp(path, root, root_length) && path[root_length] == '/' && counts(path);
}

static int is_ours_at(int fd, char path[PATH_MAX]) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return is_below(path) || (root_length == (size_t)n && !strcmp(path, root) && counts(path));
}

static int is_ours(int fd) {
  char path[PATH_MAX];
  return is_ours_at(fd, path);
}

// A path that may be relative to an open folder.
static int is_named(int folder, const char *path) {
  if (path[0] == '/') return is_below(path);
  return folder != AT_FDCWD && is_ours(folder);
}

// One more call: what happens at it. Returns the error it fails with, 0 when it goes on, and -1
// when the program is to be ended once it is done.
static int point(void) {
  long n = atomic_fetch_add(&calls, 1) + 1;
  if (n != at) return 0;
  switch (mode) {
    case KILL: die(); return 0;
    case TORN: return -1;
    case FAIL_EIO: return EIO;
    case FAIL_ENOSPC: return ENOSPC;
    default: return 0;
  }
}

// A call has returned: its line.
static void tell(const char *what) {
  if (count_fd < 0) return;
  static ssize_t (*out)(int, const void *, size_t);
  if (!out) out = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  int error = errno;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s %lld.%06ld %s\n", what, (long long)now.tv_sec,
                        now.tv_nsec / 1000, subject);
  (void)out(count_fd, line, length);
  errno = error;
}

#define POINT(ours, what, call)          \
  do {                                   \
    if (!(ours)) return call;            \
    int fault = point();                 \
    if (fault > 0) { errno = fault; return -1; } \
    __typeof__(call) result = call;      \
    if (fault < 0) die();                \
    tell(what);                          \
    return result;                       \
  } while (0)

static int makes(int flags) { return flags & (O_CREAT | O_TRUNC); }

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list list;
  va_start(list, flags);
  mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  POINT(makes(flags) && is_below(path), "open", real(path, flags, m));
}
int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list list;
  va_start(list, flags);
  mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  POINT(makes(flags) && is_below(path), "open", real(path, flags, m));
}
int openat(int folder, const char *path, int flags, ...) {
  REAL(openat);
  va_list list;
  va_start(list, flags);
  mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  POINT(makes(flags) && is_named(folder, path), "open", real(folder, path, flags, m));
}
int openat64(int folder, const char *path, int flags, ...) {
  REAL(openat64);
  va_list list;
  va_start(list, flags);
  mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  POINT(makes(flags) && is_named(folder, path), "open", real(folder, path, flags, m));
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  if (!is_ours(fd)) return real(fd, bytes, count);
  int fault = point();
  if (fault > 0) { errno = fault; return -1; }
  if (fault < 0) { (void)real(fd, bytes, count / 2); die(); }
  ssize_t result = real(fd, bytes, count);
  tell("write");
  return result;
}
static ssize_t positioned(ssize_t (*real)(int, const void *, size_t, off_t), int fd,
                          const void *bytes, size_t count, off_t offset) {
  if (!is_ours(fd)) return real(fd, bytes, count, offset);
  int fault = point();
  if (fault > 0) { errno = fault; return -1; }
  if (fault < 0) { (void)real(fd, bytes, count / 2, offset); die(); }
  ssize_t result = real(fd, bytes, count, offset);
  tell("write");
  return result;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  return positioned(real, fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  return positioned(real, fd, bytes, count, offset);
}
static int synced(int (*real)(int), int fd) {
  char path[PATH_MAX];
  int ours = is_ours_at(fd, path);
  if (ours && unsynced && strstr(path, unsynced)) return 0;
  POINT(ours, "fsync", real(fd));
}
int fsync(int fd) { REAL(fsync); return synced(real, fd); }
int fdatasync(int fd) { REAL(fdatasync); return synced(real, fd); }
int ftruncate(int fd, off_t length) { REAL(ftruncate); POINT(is_ours(fd), "truncate", real(fd, length)); }
int ftruncate64(int fd, off64_t length) { REAL(ftruncate64); POINT(is_ours(fd), "truncate", real(fd, length)); }
int rename(const char *a, const char *b) { REAL(rename); POINT(is_below(b), "rename", real(a, b)); }
int renameat(int fa, const char *a, int fb, const char *b) {
  REAL(renameat);
  POINT(is_named(fb, b), "rename", real(fa, a, fb, b));
}
int renameat2(int fa, const char *a, int fb, const char *b, unsigned flags) {
  REAL(renameat2);
  POINT(is_named(fb, b), "rename", real(fa, a, fb, b, flags));
}
int linkat(int fa, const char *a, int fb, const char *b, int flags) {
  REAL(linkat);
  POINT(is_named(fb, b), "link", real(fa, a, fb, b, flags));
}
int unlink(const char *path) { REAL(unlink); POINT(is_below(path), "unlink", real(path)); }
int unlinkat(int folder, const char *path, int flags) {
  REAL(unlinkat);
  POINT(is_named(folder, path), "unlink", real(folder, path, flags));
}
int mkdir(const char *path, mode_t m) { REAL(mkdir); POINT(is_below(path), "mkdir", real(path, m)); }
int mkdirat(int folder, const char *path, mode_t m) {
  REAL(mkdirat);
  POINT(is_named(folder, path), "mkdir", real(folder, path, m));
}

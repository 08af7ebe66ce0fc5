// Counts what a program asks of the file system below one folder, and ends it, or lets a call fail,
// at a chosen one. Loaded by LD_PRELOAD into the real daemon.
//
//   POINTS_ROOT   only files below this folder count
//   POINTS_SINCE  a file: only calls count that begin once it is there
//   POINTS_ONLY   a call and a part of a path, `fsync .tmp-`: only such calls count
//   POINTS_COUNT  a file that gets a line for each call that has returned: what it was, when by
//                 CLOCK_MONOTONIC, and the file's name below the folder (dry run)
//   POINTS_AT     the call, from 1, at which it happens; 0 or nothing: never
//   POINTS_MODE   kill: ended before it   torn: half of a write is done, anything else whole, then
//                 ended   short: half of a write is done, and said so   eio, enospc: it fails so,
//                 and the program goes on   full: whatever needs room fails from here on
//   POINTS_UNTIL  a file: once it is there a full disk has room again
//   POINTS_UNSYNCED  files whose path has this in it are never synced, though they seem to be
#include "below.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>

enum mode { NONE, KILL, TORN, SHORT, FAIL_EIO, FAIL_ENOSPC, FULL };
static const char *const modes[] = {"", "kill", "torn", "short", "eio", "enospc", "full"};
// What becomes of a call: it goes on, or as below, or fails with an error, which is above 0.
enum { GO = 0, GO_AND_DIE = -1, GO_HALF = -2 };
static _Atomic long calls;
static long at;
static enum mode mode;
static const char *since, *only, *until, *unsynced;
static _Atomic int begun;
static int count_fd = -1;
// The file that the call of this thread is about.
static _Thread_local char subject[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
  set_root();
  since = getenv("POINTS_SINCE");
  begun = !since;
  only = getenv("POINTS_ONLY");
  until = getenv("POINTS_UNTIL");
  unsynced = getenv("POINTS_UNSYNCED");
  const char *text = getenv("POINTS_AT");
  at = text ? atol(text) : 0;
  text = getenv("POINTS_MODE");
  for (int i = 1; text && i < (int)(sizeof modes / sizeof *modes); i++)
    if (!strcmp(text, modes[i])) mode = i;
  text = getenv("POINTS_COUNT");
  if (text) count_fd = open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static int is_meant(const char *what, const char *where) {
  size_t length = strlen(what);
  return !only || (!strncmp(only, what, length) && strstr(where, only + length + 1));
}

// Whether this call about this path, NULL when it is not below the folder, counts by now.
static int counts(const char *what, const char *where) {
  if (!where || (!begun && !(begun = !access(since, F_OK))) || !is_meant(what, where)) return 0;
  snprintf(subject, sizeof subject, "%s", where);
  return 1;
}

static int needs_room(const char *what) {
  return !strcmp(what, "open") || !strcmp(what, "write") || !strcmp(what, "mkdir") || !strcmp(what, "link");
}

// One more call: what becomes of it.
static int point(const char *what) {
  long n = atomic_fetch_add(&calls, 1) + 1;
  if (mode == FULL && at && n > at)
    return needs_room(what) && !(until && !access(until, F_OK)) ? ENOSPC : GO;
  if (n != at) return GO;
  switch (mode) {
    case KILL: die(); return GO;
    case TORN: return GO_AND_DIE;
    case SHORT: return GO_HALF;
    case FAIL_EIO: return EIO;
    case FAIL_ENOSPC: return ENOSPC;
    default: return GO;
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

#define POINT(where, what, call)                 \
  do {                                           \
    if (!counts(what, where)) return call;       \
    int fate = point(what);                      \
    if (fate > 0) { errno = fate; return -1; }   \
    __typeof__(call) result = call;              \
    if (fate == GO_AND_DIE) die();               \
    tell(what);                                  \
    return result;                               \
  } while (0)

#define OPEN(where, call)                        \
  do {                                           \
    char path_of_it[PATH_MAX];                   \
    (void)path_of_it;                            \
    va_list list;                                \
    va_start(list, flags);                       \
    mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; \
    va_end(list);                                \
    POINT(makes(flags) ? where : NULL, "open", call); \
  } while (0)

int open(const char *path, int flags, ...) { REAL(open); OPEN(below(path), real(path, flags, m)); }
int open64(const char *path, int flags, ...) { REAL(open64); OPEN(below(path), real(path, flags, m)); }
int openat(int folder, const char *path, int flags, ...) {
  REAL(openat);
  OPEN(below_at(folder, path, path_of_it), real(folder, path, flags, m));
}
int openat64(int folder, const char *path, int flags, ...) {
  REAL(openat64);
  OPEN(below_at(folder, path, path_of_it), real(folder, path, flags, m));
}

// libc has no function for openat2(2).
long syscall(long number, ...) {
  REAL(syscall);
  long a[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  char path[PATH_MAX];
  const char *where = NULL, *what = number == SYS_renameat2 ? "rename" : "open";
  if (number == SYS_openat2 && makes(*(unsigned long *)a[2])) where = below_at(a[0], (char *)a[1], path);
  if (number == SYS_renameat2) where = below_at(a[2], (char *)a[3], path);
  POINT(where, what, real(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}

#define WRITE(call)                              \
  do {                                           \
    char path[PATH_MAX];                         \
    size_t length = count;                       \
    if (!counts("write", below_of(fd, path))) return call; \
    int fate = point("write");                   \
    if (fate > 0) { errno = fate; return -1; }   \
    if (fate < 0 && length > 1) length /= 2;     \
    ssize_t result = call;                       \
    if (fate == GO_AND_DIE) die();               \
    tell("write");                               \
    return result;                               \
  } while (0)

ssize_t write(int fd, const void *bytes, size_t count) { REAL(write); WRITE(real(fd, bytes, length)); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  WRITE(real(fd, bytes, length, offset));
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  WRITE(real(fd, bytes, length, offset));
}

// After a failed fsync the kernel calls the pages that it could not write clean: they are lost, and
// another fsync succeeds. So it is with a file that was never synced before.
static int failed_sync(int fd, const char *path, int error) {
  struct stat status;
  if (error == EIO && strstr(path, ".tmp-") && !fstat(fd, &status))
    (void)(truncate(path, 0) || truncate(path, status.st_size));
  errno = error;
  return -1;
}
static int synced(int (*real)(int), int fd) {
  char path[PATH_MAX];
  const char *where = below_of(fd, path);
  if (where && unsynced && strstr(path, unsynced)) return 0;
  if (!counts("fsync", where)) return real(fd);
  int fate = point("fsync");
  if (fate > 0) return failed_sync(fd, path, fate);
  int result = real(fd);
  if (fate == GO_AND_DIE) die();
  tell("fsync");
  return result;
}
int fsync(int fd) { REAL(fsync); return synced(real, fd); }
int fdatasync(int fd) { REAL(fdatasync); return synced(real, fd); }

#define NAMED(name, where, what, call, ...)      \
  int name(__VA_ARGS__) {                        \
    REAL(name);                                  \
    char path[PATH_MAX];                         \
    (void)path;                                  \
    POINT(where, what, call);                    \
  }
NAMED(ftruncate, below_of(fd, path), "truncate", real(fd, length), int fd, off_t length)
NAMED(ftruncate64, below_of(fd, path), "truncate", real(fd, length), int fd, off64_t length)
NAMED(rename, below(b), "rename", real(a, b), const char *a, const char *b)
NAMED(renameat, below_at(fb, b, path), "rename", real(fa, a, fb, b), int fa, const char *a, int fb, const char *b)
NAMED(renameat2, below_at(fb, b, path), "rename", real(fa, a, fb, b, flags), int fa, const char *a, int fb, const char *b, unsigned flags)
NAMED(linkat, below_at(fb, b, path), "link", real(fa, a, fb, b, flags), int fa, const char *a, int fb, const char *b, int flags)
NAMED(unlink, below(a), "unlink", real(a), const char *a)
NAMED(unlinkat, below_at(folder, a, path), "unlink", real(folder, a, flags), int folder, const char *a, int flags)
NAMED(mkdir, below(a), "mkdir", real(a, m), const char *a, mode_t m)
NAMED(mkdirat, below_at(folder, a, path), "mkdir", real(folder, a, m), int folder, const char *a, mode_t m)

// Writes down what the kernel was really asked to do to files below one folder, POINTS_ROOT, and
// did: a line for each such call, `# what path [new path]`, in the file TRACE. It is loaded last, so
// that it sees what others that are loaded into the program have made of its calls; and TRACE is
// the file that the program's own words go to, so that both stand there in the order of time.
#include "below.h"

#include <pthread.h>
#include <sys/stat.h>

static int trace_fd = -1;
// A name and its line are one, and nobody's line comes between: otherwise another thread could find
// a folder, sync its name and say so before the line of its making stands there.
static pthread_mutex_t in_order = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  set_root();
  const char *path = getenv("TRACE");
  if (path) trace_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void tell(const char *what, const char *where, const char *to) {
  static ssize_t (*out)(int, const void *, size_t);
  if (!out) out = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  char line[2 * PATH_MAX + 32];
  int length = snprintf(line, sizeof line, "# %s %s %s\n", what, *where ? where : "/", to);
  (void)out(trace_fd, line, length);
}

// What changes no name may take its time, and is told when it is over.
static int is_long(const char *what) {
  return !strcmp(what, "fsync") || !strcmp(what, "write") || !strcmp(what, "range");
}

// The paths are found before the call: afterwards some are gone.
#define TELL(where, to, what, call)                                         \
  do {                                                                      \
    char path[PATH_MAX], path2[PATH_MAX];                                   \
    (void)path;                                                             \
    (void)path2;                                                            \
    const char *at = trace_fd < 0 ? NULL : where, *then = at ? to : NULL;   \
    if (at && !is_long(what)) pthread_mutex_lock(&in_order);                \
    __typeof__(call) result = call;                                         \
    int error = errno;                                                      \
    if (at && is_long(what)) pthread_mutex_lock(&in_order);                 \
    if (at && result >= 0) tell(what, at, then ? then : "");                \
    if (at) pthread_mutex_unlock(&in_order);                                \
    errno = error;                                                          \
    return result;                                                          \
  } while (0)

#define TOLD(name, where, to, what, call, ...)                              \
  int name(__VA_ARGS__) {                                                   \
    REAL(name);                                                             \
    TELL(where, to, what, call);                                            \
  }

#define OPEN(where, call)                                                   \
  do {                                                                      \
    va_list list;                                                           \
    va_start(list, flags);                                                  \
    mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;    \
    va_end(list);                                                           \
    TELL(makes(flags) ? where : NULL, NULL, "open", call);                  \
  } while (0)

int open(const char *name, int flags, ...) { REAL(open); OPEN(below(name), real(name, flags, m)); }
int open64(const char *name, int flags, ...) { REAL(open64); OPEN(below(name), real(name, flags, m)); }
int openat(int folder, const char *name, int flags, ...) {
  REAL(openat);
  OPEN(below_at(folder, name, path), real(folder, name, flags, m));
}
int openat64(int folder, const char *name, int flags, ...) {
  REAL(openat64);
  OPEN(below_at(folder, name, path), real(folder, name, flags, m));
}

long syscall(long number, ...) {
  REAL(syscall);
  long a[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  int opens = number == SYS_openat2 && makes(*(unsigned long *)a[2]), renames = number == SYS_renameat2;
  TELL(opens || renames ? below_at(a[0], (char *)a[1], path) : NULL,
       renames ? below_at(a[2], (char *)a[3], path2) : NULL, renames ? "rename" : "open",
       real(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  TELL(below_of(fd, path), NULL, "write", real(fd, bytes, count));
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  TELL(below_of(fd, path), NULL, "write", real(fd, bytes, count, offset));
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  TELL(below_of(fd, path), NULL, "write", real(fd, bytes, count, offset));
}
TOLD(fsync, below_of(fd, path), NULL, "fsync", real(fd), int fd)
TOLD(fdatasync, below_of(fd, path), NULL, "fsync", real(fd), int fd)
TOLD(sync_file_range, below_of(fd, path), NULL, "range", real(fd, from, length, flags), int fd, off64_t from, off64_t length, unsigned flags)
TOLD(ftruncate, below_of(fd, path), NULL, "write", real(fd, length), int fd, off_t length)
TOLD(ftruncate64, below_of(fd, path), NULL, "write", real(fd, length), int fd, off64_t length)
TOLD(rename, below(a), below(b), "rename", real(a, b), const char *a, const char *b)
TOLD(renameat, below_at(fa, a, path), below_at(fb, b, path2), "rename", real(fa, a, fb, b), int fa, const char *a, int fb, const char *b)
TOLD(renameat2, below_at(fa, a, path), below_at(fb, b, path2), "rename", real(fa, a, fb, b, flags), int fa, const char *a, int fb, const char *b, unsigned flags)
TOLD(linkat, below_at(fa, a, path), below_at(fb, b, path2), "link", real(fa, a, fb, b, flags), int fa, const char *a, int fb, const char *b, int flags)
TOLD(unlink, below(a), NULL, "unlink", real(a), const char *a)
TOLD(unlinkat, below_at(folder, a, path), NULL, "unlink", real(folder, a, flags), int folder, const char *a, int flags)
TOLD(mkdir, below(a), NULL, "mkdir", real(a, m), const char *a, mode_t m)
TOLD(mkdirat, below_at(folder, a, path), NULL, "mkdir", real(folder, a, m), int folder, const char *a, mode_t m)

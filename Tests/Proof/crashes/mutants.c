// Makes a wrong daemon of the real one: loaded before the others, it changes what the daemon asks.
// MUTANT is one of these names; each is a mistake that others have made.
//
//   no-fsync         a day's file is not synced
//   row-first        a day gets its name after its row, which is synced by then
//   file-range       sync_file_range(2) instead of fsync(2)
//   no-folder-fsync  folders are not synced
//   normal-tokens    commits of tokens are not synced
//   rename-first     a day's file is synced after it got its name
//   short-write      half a write is taken for all of it, in a file that was made long enough before
//   fsync-again      a failed fsync is tried again
#include "below.h"

#include <pthread.h>
#include <sys/stat.h>

// Renames that wait for the row.
static struct held { int used, from_folder, to_folder; char from[NAME_MAX + 1], to[NAME_MAX + 1]; } held[64];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *mutant = "";

__attribute__((constructor)) static void begin(void) {
  set_root();
  if (getenv("MUTANT")) mutant = getenv("MUTANT");
}

static int is(const char *name) { return !strcmp(mutant, name); }

static int is_folder(int fd) {
  struct stat status;
  return !fstat(fd, &status) && S_ISDIR(status.st_mode);
}

static int hold(int fa, const char *a, int fb, const char *b) {
  pthread_mutex_lock(&lock);
  struct held *h = held;
  while (h->used) h++;
  *h = (struct held){.used = 1, .from_folder = dup(fa), .to_folder = dup(fb)};
  snprintf(h->from, sizeof h->from, "%s", a);
  snprintf(h->to, sizeof h->to, "%s", b);
  pthread_mutex_unlock(&lock);
  return 0;
}

// What was held back is done, each with a sync of its folder.
static void rename_now(int (*sync)(int)) {
  REAL(renameat);
  pthread_mutex_lock(&lock);
  for (struct held *h = held; h->used; h++) {
    real(h->from_folder, h->from, h->to_folder, h->to);
    sync(h->to_folder);
    close(h->from_folder);
    close(h->to_folder);
    h->used = 0;
  }
  pthread_mutex_unlock(&lock);
}

static int is_day(const char *path) { return path && strstr(path, ".json.tmp-"); }

int fsync(int fd) {
  REAL(fsync);
  char path[PATH_MAX];
  const char *where = below_of(fd, path);
  if (!where) return real(fd);
  if ((is("no-fsync") || is("rename-first")) && is_day(where)) return 0;
  if (is("no-folder-fsync") && is_folder(fd)) return 0;
  if (is("normal-tokens") && strstr(where, "accounts.sqlite-wal")) return 0;
  if (is("file-range") && is_day(where)) return sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  int result = real(fd);
  if (result < 0 && is("fsync-again") && is_day(where)) result = real(fd);
  if (is("row-first") && strstr(where, "ledger.sqlite-wal")) rename_now(real);
  return result;
}
int fdatasync(int fd) { return fsync(fd); }

int renameat(int fa, const char *a, int fb, const char *b) {
  REAL(renameat);
  char path[PATH_MAX];
  if (!is_day(below_at(fa, a, path))) return real(fa, a, fb, b);
  if (is("row-first")) return hold(fa, a, fb, b);
  int file = is("rename-first") ? openat(fa, a, O_RDONLY | O_CLOEXEC) : -1;
  int result = real(fa, a, fb, b);
  if (file >= 0) {
    fsync(file);
    close(file);
  }
  return result;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  char path[PATH_MAX];
  ssize_t done = real(fd, bytes, count);
  if (done <= 0 || (size_t)done == count || !is("short-write") || !is_day(below_of(fd, path))) return done;
  off_t end = lseek(fd, count - done, SEEK_CUR);
  return ftruncate(fd, end) ? -1 : (ssize_t)count;
}

// A file system of two files, for power cuts. `disk` is an image that a loop device is made of:
// every write to it is logged, and every fsync, which is what the loop device makes of a flush.
// `mark` is a place to say things in between: what is written to it is logged in the same order,
// and can be read.
//
//   blocklog IMAGE LOG MOUNTPOINT [options of fuse]
//
// The log is a row of records, see `struct record`; the bytes written follow each.
#define _GNU_SOURCE
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, FLUSH = 2, MARK = 3 };
struct record {
  uint32_t kind;
  uint32_t length;
  uint64_t offset;
};

static int image, journal, said;

static int is_disk(const char *path) { return !strcmp(path, "/disk"); }
static int is_mark(const char *path) { return !strcmp(path, "/mark"); }

// What cannot be logged must not happen: the replay would be of another disk.
static int record(enum kind kind, const char *bytes, size_t length, off_t offset) {
  struct record head = {kind, (uint32_t)length, (uint64_t)offset};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)bytes, length}};
  return writev(journal, parts, 2) == (ssize_t)(sizeof head + length) ? 0 : -EIO;
}

static int get_attributes(const char *path, struct stat *out, struct fuse_file_info *file) {
  (void)file;
  memset(out, 0, sizeof *out);
  out->st_nlink = 1;
  if (!strcmp(path, "/")) {
    out->st_mode = S_IFDIR | 0700;
    return 0;
  }
  if (!is_disk(path) && !is_mark(path)) return -ENOENT;
  out->st_mode = S_IFREG | 0600;
  struct stat real;
  if (is_disk(path) && fstat(image, &real)) return -errno;
  out->st_size = is_disk(path) ? real.st_size : 0;
  return 0;
}

static int open_file(const char *path, struct fuse_file_info *file) {
  if (!is_disk(path) && !is_mark(path)) return -ENOENT;
  // Nothing of what is said may wait in a cache.
  file->direct_io = is_mark(path);
  return 0;
}

static int read_file(const char *path, char *bytes, size_t length, off_t offset,
                     struct fuse_file_info *file) {
  (void)file;
  ssize_t n = pread(is_disk(path) ? image : said, bytes, length, offset);
  return n < 0 ? -errno : (int)n;
}

static int write_file(const char *path, const char *bytes, size_t length, off_t offset,
                      struct fuse_file_info *file) {
  (void)file;
  int failed = record(is_disk(path) ? WRITE : MARK, bytes, length, offset);
  if (failed) return failed;
  ssize_t n = is_disk(path) ? pwrite(image, bytes, length, offset) : write(said, bytes, length);
  return n < 0 ? -errno : (int)n;
}

static int sync_file(const char *path, int only_data, struct fuse_file_info *file) {
  (void)only_data, (void)file;
  return is_disk(path) ? record(FLUSH, "", 0, 0) : 0;
}

static const struct fuse_operations OPERATIONS = {
    .getattr = get_attributes,
    .open = open_file,
    .read = read_file,
    .write = write_file,
    .fsync = sync_file,
};

int main(int count, char **words) {
  if (count < 4) {
    fprintf(stderr, "usage: blocklog IMAGE LOG MOUNTPOINT [options of fuse]\n");
    return 2;
  }
  image = open(words[1], O_RDWR | O_CLOEXEC);
  journal = open(words[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  said = memfd_create("said", MFD_CLOEXEC);
  if (image < 0 || journal < 0 || said < 0) {
    perror("blocklog");
    return 1;
  }
  words[2] = words[0];
  // One thread: the order of the log is the order in which things happened.
  char *rest[count + 1];
  int n = 0;
  for (int i = 2; i < count; i++) rest[n++] = words[i];
  rest[n++] = "-f";
  rest[n++] = "-s";
  return fuse_main(n, rest, &OPERATIONS, NULL);
}

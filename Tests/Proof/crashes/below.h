// Which calls of a program are about files below one folder, POINTS_ROOT; for what is loaded into
// it by LD_PRELOAD.
#pragma once
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// The next library's, or libc's, function of this name.
#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static char root[PATH_MAX];
static size_t root_length;

static inline void set_root(void) {
  const char *text = getenv("POINTS_ROOT");
  if (text && strlen(text) < sizeof root) strcpy(root, text);
  root_length = strlen(root);
}

// The path below the folder, which begins with `/`, or is empty for the folder itself; NULL where
// it is not below.
static inline const char *below(const char *path) {
  if (!root_length || strncmp(path, root, root_length)) return NULL;
  return path[root_length] == '/' || !path[root_length] ? path + root_length : NULL;
}

static inline const char *below_of(int fd, char path[PATH_MAX]) {
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n < 0) return NULL;
  path[n] = 0;
  return below(path);
}

// Of a name that may be relative to an open folder.
static inline const char *below_at(int folder, const char *name, char path[PATH_MAX]) {
  if (name[0] == '/') return below(name);
  if (folder == AT_FDCWD || !below_of(folder, path)) return NULL;
  size_t length = strlen(path);
  snprintf(path + length, PATH_MAX - length, "/%s", name);
  return below(path);
}

static inline int makes(int flags) { return flags & (O_CREAT | O_TRUNC); }

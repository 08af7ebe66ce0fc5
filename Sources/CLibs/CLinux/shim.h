// Linux calls that the Glibc module lacks or cannot import (variadic, or with a transparent union).
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

struct clinux_peer {
  pid_t pid;
  uid_t uid;
  gid_t gid;
};

static inline int clinux_openat(int dir, const char *path, int flags, mode_t mode) {
  return openat(dir, path, flags, mode);
}
// O_PATH needs _GNU_SOURCE; see clinux_peer.
#define CLINUX_O_PATH 010000000
/// Opens one component; ELOOP for a symbolic link, whatever the flags.
static inline int clinux_open_component(int dir, const char *name, int flags, mode_t mode) {
  int fd = openat(dir, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
  struct stat status;
  if (fd < 0 && errno == ENOTDIR && fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR;
  }
  return fd;
}
/// What clinux_openat_beneath does, component by component, where openat2(2) is not to be had:
/// RestrictSUIDSGID= hides it, since a filter cannot see its flags.
static inline int clinux_openat_walk(int dir, const char *path, int flags, mode_t mode) {
  int at = dir;
  for (;;) {
    char name[256];
    size_t length = strcspn(path, "/");
    int last = path[length] == 0;
    int fd = -1;
    if (length >= sizeof name) {
      errno = ENAMETOOLONG;
    } else if (length == 0 || (length == 2 && memcmp(path, "..", 2) == 0)) {
      errno = length == 0 && last ? ENOENT : EXDEV;
    } else {
      memcpy(name, path, length);
      name[length] = 0;
      fd = clinux_open_component(at, name, last ? flags : CLINUX_O_PATH | O_DIRECTORY, mode);
    }
    int error = errno;
    if (at != dir) close(at);
    errno = error;
    if (fd < 0 || last) return fd;
    at = fd;
    path += length + 1;
  }
}
/// Opens below `dir` without following any symbolic link and without leaving it.
static inline int clinux_openat_beneath(int dir, const char *path, int flags, mode_t mode) {
  struct open_how how = {
      .flags = (uint64_t)flags,
      .mode = (flags & O_CREAT) ? mode : 0,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  int fd = (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
  return fd < 0 && errno == ENOSYS ? clinux_openat_walk(dir, path, flags, mode) : fd;
}
static inline int clinux_renameat2(int od, const char *o, int nd, const char *n, unsigned flags) {
  return (int)syscall(SYS_renameat2, od, o, nd, n, flags);
}
static inline int clinux_peer(int fd, struct clinux_peer *out) {
  struct {
    pid_t pid;
    uid_t uid;
    gid_t gid;
  } cred;
  socklen_t size = sizeof cred;
  // 17 is SO_PEERCRED; struct ucred itself needs _GNU_SOURCE, which would change other imports.
  if (getsockopt(fd, SOL_SOCKET, 17, &cred, &size) != 0) return -1;
  out->pid = cred.pid;
  out->uid = cred.uid;
  out->gid = cred.gid;
  return 0;
}
static inline int clinux_accept(int fd) {
  return (int)syscall(SYS_accept4, fd, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}
static inline int clinux_bind_unix(int fd, const char *path) {
  struct sockaddr_un a;
  memset(&a, 0, sizeof a);
  a.sun_family = AF_UNIX;
  if (strlen(path) >= sizeof a.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(a.sun_path, path);
  return bind(fd, (struct sockaddr *)&a, sizeof a);
}
static inline int clinux_connect_unix(int fd, const char *path) {
  struct sockaddr_un a;
  memset(&a, 0, sizeof a);
  a.sun_family = AF_UNIX;
  if (strlen(path) >= sizeof a.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(a.sun_path, path);
  return connect(fd, (struct sockaddr *)&a, sizeof a);
}
/// Binds to 127.0.0.1:port (0: any free port). Returns the port bound, or -1.
static inline int clinux_bind_loopback(int fd, int port) {
  int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in a;
  memset(&a, 0, sizeof a);
  a.sin_family = AF_INET;
  a.sin_port = htons((uint16_t)port);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0) return -1;
  socklen_t size = sizeof a;
  if (getsockname(fd, (struct sockaddr *)&a, &size) != 0) return -1;
  return ntohs(a.sin_port);
}
static inline int clinux_connect_loopback(int fd, int port) {
  struct sockaddr_in a;
  memset(&a, 0, sizeof a);
  a.sin_family = AF_INET;
  a.sin_port = htons((uint16_t)port);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, (struct sockaddr *)&a, sizeof a);
}
/// The same for [::1].
static inline int clinux_bind_loopback6(int fd, int port) {
  int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in6 a;
  memset(&a, 0, sizeof a);
  a.sin6_family = AF_INET6;
  a.sin6_port = htons((uint16_t)port);
  a.sin6_addr = in6addr_loopback;
  if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0) return -1;
  socklen_t size = sizeof a;
  if (getsockname(fd, (struct sockaddr *)&a, &size) != 0) return -1;
  return ntohs(a.sin6_port);
}
static inline int clinux_nodelay(int fd) {
  int one = 1;
  return setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}
/// 1 when the kernel says the clock is synchronised, 0 when it says it is not, -1 on error.
static inline int clinux_clock_synchronised(void) {
  struct timex t;
  memset(&t, 0, sizeof t);
  int state = adjtimex(&t);
  if (state < 0) return -1;
  return (t.status & STA_UNSYNC) == 0 && state != TIME_ERROR;
}
/// A timer descriptor on CLOCK_REALTIME that becomes readable with ECANCELED when the clock is set.
static inline int clinux_clock_watch(void) {
  int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  return fd;
}
static inline int clinux_clock_watch_arm(int fd) {
  struct itimerspec t;
  memset(&t, 0, sizeof t);
  t.it_value.tv_sec = (time_t)1 << 40;
  return timerfd_settime(fd, TFD_TIMER_ABSTIME | (1 << 1) /* TFD_TIMER_CANCEL_ON_SET */, &t, 0);
}
/// A timer descriptor on CLOCK_BOOTTIME, which counts suspend.
static inline int clinux_boot_timer(void) {
  return timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
}
static inline int clinux_boot_timer_arm(int fd, int64_t after_microseconds) {
  struct itimerspec t;
  memset(&t, 0, sizeof t);
  if (after_microseconds <= 0) after_microseconds = 1;
  t.it_value.tv_sec = after_microseconds / 1000000;
  t.it_value.tv_nsec = (after_microseconds % 1000000) * 1000;
  return timerfd_settime(fd, 0, &t, 0);
}
static inline int clinux_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
static inline int clinux_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
static inline int clinux_lock(int fd) { return flock(fd, LOCK_EX | LOCK_NB); }
static inline ssize_t clinux_random(void *p, size_t n) { return getrandom(p, n, 0); }
/// Blocks these signals for the calling thread, and for threads it starts later, and returns a
/// descriptor that becomes readable when one arrives; -1 on error.
static inline int clinux_signals(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  if (pthread_sigmask(SIG_BLOCK, &set, 0) != 0) return -1;
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
/// The number of the next signal that arrived at the descriptor; -1 when there is none.
static inline int clinux_next_signal(int fd) {
  struct signalfd_siginfo info;
  if (read(fd, &info, sizeof info) != sizeof info) return -1;
  return (int)info.ssi_signo;
}
/// Columns of the terminal; 0 when it does not say, -1 when there is no terminal.
static inline int clinux_columns(int fd) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  return size.ws_col;
}
/// Rows of the terminal; 0 when it does not say, -1 when there is no terminal.
static inline int clinux_rows(int fd) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  return size.ws_row;
}
/// Opens a pseudo-terminal: the Glibc module lacks posix_openpt(3) and its kin. Gives the number of
/// its other end, /dev/pts/NUMBER.
static inline int clinux_open_pty(int *number) {
  int unlocked = 0;
  int fd = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return -1;
  if (ioctl(fd, TIOCSPTLCK, &unlocked) != 0 || ioctl(fd, TIOCGPTN, number) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

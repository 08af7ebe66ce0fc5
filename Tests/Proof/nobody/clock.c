// Moves the clocks of a program by what the file says that CLOCKS names: two numbers of 8 bytes, the
// seconds that CLOCK_REALTIME and CLOCK_BOOTTIME are ahead. The file may change while the program
// runs. Nobody has set the clock by a time server: adjtimex(2) calls it not synchronised.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *ahead;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("CLOCKS");
  int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *memory = mmap(NULL, 2 * sizeof *ahead, PROT_READ, MAP_SHARED, fd, 0);
  if (memory != MAP_FAILED) ahead = memory;
  close(fd);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, time);
  if (result == 0 && ahead && clock == CLOCK_REALTIME) time->tv_sec += ahead[0];
  if (result == 0 && ahead && clock == CLOCK_BOOTTIME) time->tv_sec += ahead[1];
  return result;
}

int adjtimex(struct timex *state) {
  state->status = STA_UNSYNC;
  return TIME_ERROR;
}

// How long simdjson takes to look at a whole document, in microseconds of the processor: the median
// of 41 rounds.
//
//   simd FILE
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

static double now() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

int main(int, char **words) {
  simdjson::dom::parser parser;
  auto text = simdjson::padded_string::load(words[1]).value();
  std::vector<double> rounds;
  for (int round = 0; round < 41; round++) {
    double begun = now();
    for (int i = 0; i < 50; i++)
      if (parser.parse(text).error()) return 1;
    rounds.push_back((now() - begun) / 50);
  }
  std::sort(rounds.begin(), rounds.end());
  std::printf("%f\n", rounds[20]);
}

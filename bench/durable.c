// What the daemon is measured beside: the shortest program that makes days durable in the same order.
// Eight transfers at once by libcurl; each body is a whole JSON document (SQLite's json_valid), has
// its SHA-256, and is a temporary file. What has ended together goes on together: fsync of each
// file, rename, fsync of the folders, and a row for each in one commit with synchronous = FULL.
//
//   durable ORIGIN FIRST COUNT FOLDER        FIRST: days since 1970
#define _GNU_SOURCE
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 8, BATCH = 64 };

struct transfer {
  CURL *easy;
  char *body;
  size_t size, room;
  long day;
};

struct file {
  long day;
  int fd, folder;
  char name[32], temporary[64];
  size_t size;
  unsigned char sha256[32];
};

static const char *origin, *folder;
static sqlite3 *database;
static sqlite3_stmt *valid, *insert, *begin, *commit;

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static size_t receive(char *bytes, size_t size, size_t count, void *at) {
  struct transfer *t = at;
  size_t n = size * count;
  if (t->size + n > t->room) {
    t->room = (t->size + n) * 2;
    if (!(t->body = realloc(t->body, t->room))) fail("realloc");
  }
  memcpy(t->body + t->size, bytes, n);
  t->size += n;
  return n;
}

static void date(long day, struct tm *out) {
  time_t moment = day * 86400;
  gmtime_r(&moment, out);
}

static void ask(CURLM *multi, struct transfer *t, long day) {
  struct tm at;
  char url[256], text[16];
  date(day, &at);
  strftime(text, sizeof text, "%Y-%m-%d", &at);
  snprintf(url, sizeof url, "%s/day/%s", origin, text);
  t->size = 0;
  t->day = day;
  curl_easy_setopt(t->easy, CURLOPT_URL, url);
  curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
  curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
  curl_multi_add_handle(multi, t->easy);
}

static int open_folder(const struct tm *at) {
  static int fd = -1, year = -1, month = -1;
  if (year == at->tm_year && month == at->tm_mon) return fd;
  char path[512];
  year = at->tm_year;
  month = at->tm_mon;
  snprintf(path, sizeof path, "%s/%d", folder, year + 1900);
  mkdir(path, 0750);
  snprintf(path, sizeof path, "%s/%d/%02d", folder, year + 1900, month + 1);
  mkdir(path, 0750);
  if ((fd = open(path, O_RDONLY | O_DIRECTORY)) < 0) fail(path);
  return fd;
}

static void spool(struct transfer *t, struct file *f) {
  struct tm at;
  sqlite3_bind_text(valid, 1, t->body, (int)t->size, SQLITE_STATIC);
  if (sqlite3_step(valid) != SQLITE_ROW || !sqlite3_column_int(valid, 0)) fail("no JSON");
  sqlite3_reset(valid);
  f->day = t->day;
  f->size = t->size;
  EVP_Digest(t->body, t->size, f->sha256, NULL, EVP_sha256(), NULL);
  date(t->day, &at);
  strftime(f->name, sizeof f->name, "%Y-%m-%d.json", &at);
  snprintf(f->temporary, sizeof f->temporary, ".%s.tmp", f->name);
  f->folder = open_folder(&at);
  f->fd = openat(f->folder, f->temporary, O_WRONLY | O_CREAT | O_EXCL, 0640);
  if (f->fd < 0 || write(f->fd, t->body, t->size) != (ssize_t)t->size) fail(f->temporary);
}

static void settle(struct file *files, int count) {
  for (int i = 0; i < count; i++) {
    if (fsync(files[i].fd)) fail("fsync");
    close(files[i].fd);
    if (renameat(files[i].folder, files[i].temporary, files[i].folder, files[i].name)) fail("rename");
  }
  int last = -1;
  for (int i = 0; i < count; i++) {
    if (files[i].folder != last && fsync(files[i].folder)) fail("fsync of a folder");
    last = files[i].folder;
  }
  sqlite3_step(begin);
  sqlite3_reset(begin);
  for (int i = 0; i < count; i++) {
    sqlite3_bind_int64(insert, 1, files[i].day);
    sqlite3_bind_int64(insert, 2, (sqlite3_int64)files[i].size);
    sqlite3_bind_blob(insert, 3, files[i].sha256, 32, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) fail("insert");
    sqlite3_reset(insert);
  }
  if (sqlite3_step(commit) != SQLITE_DONE) fail("commit");
  sqlite3_reset(commit);
}

static void prepare(const char *sql, sqlite3_stmt **out) {
  if (sqlite3_prepare_v2(database, sql, -1, out, NULL)) fail(sql);
}

static void open_database(void) {
  char path[512];
  snprintf(path, sizeof path, "%s/ledger.sqlite", folder);
  if (sqlite3_open(path, &database)) fail(path);
  sqlite3_exec(database,
               "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
               "CREATE TABLE day (day INTEGER PRIMARY KEY, size INTEGER, sha256 BLOB)",
               NULL, NULL, NULL);
  prepare("SELECT json_valid(?)", &valid);
  prepare("INSERT INTO day VALUES (?, ?, ?)", &insert);
  prepare("BEGIN IMMEDIATE", &begin);
  prepare("COMMIT", &commit);
}

int main(int count_of_words, char **words) {
  if (count_of_words != 5) return 64;
  origin = words[1];
  folder = words[4];
  long next = atol(words[2]), end = next + atol(words[3]);
  open_database();
  CURLM *multi = curl_multi_init();
  struct transfer transfers[AT_ONCE] = {0};
  struct file files[BATCH];
  for (int i = 0; i < AT_ONCE && next < end; i++) {
    transfers[i].easy = curl_easy_init();
    ask(multi, &transfers[i], next++);
  }
  int running = 1;
  while (running) {
    curl_multi_perform(multi, &running);
    int left, ended = 0;
    for (CURLMsg *m; ended < BATCH && (m = curl_multi_info_read(multi, &left));) {
      struct transfer *t;
      long status = 0;
      curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
      curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
      if (m->data.result != CURLE_OK || status != 200) fail("a transfer");
      spool(t, &files[ended++]);
      curl_multi_remove_handle(multi, t->easy);
      if (next < end) {
        ask(multi, t, next++);
        running = 1;
      }
    }
    if (ended) settle(files, ended);
    if (running && !ended) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
  sqlite3_close(database);
  return 0;
}

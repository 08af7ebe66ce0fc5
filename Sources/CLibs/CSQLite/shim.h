#pragma once
#include <sqlite3.h>

// sqlite3_db_config is variadic.
static inline int csqlite_config_bool(sqlite3 *db, int option, int value) {
  int result = 0;
  return sqlite3_db_config(db, option, value, &result);
}

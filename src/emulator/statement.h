#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace xai::emulator {

/// One SQL statement, prepared once and run many times. Text is bound without a copy, so it
/// must live until the run ends.
class Statement {
 public:
  Statement() = default;
  static management::Result<Statement> prepare(sqlite3* database, std::string_view sql);

  /// Begins a run: the parameters, from the first one on.
  template <class... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bind_one(++index, values), ...);
    return *this;
  }
  /// The next row of the run; false after the last one, which ends the run.
  management::Result<bool> step();
  /// Runs to the end, for statements that give no rows.
  management::Result<void> run();
  /// Ends the run early.
  void reset();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  void bind_one(int index, std::string_view text);
  void bind_one(int index, std::int64_t number);
  template <class T>
  void bind_one(int index, const std::optional<T>& value) {
    if (value) bind_one(index, std::int64_t{*value});
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_{};
};

/// What SQLite says went wrong last.
management::Error sqlite_error(sqlite3* database);

}  // namespace xai::emulator

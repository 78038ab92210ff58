#include "emulator/statement.h"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace xai::emulator {

using management::Error;
using management::Result;

Error sqlite_error(sqlite3* database) {
  std::string message = sqlite3_errmsg(database);
  const int code = sqlite3_errcode(database);
  const int error = sqlite3_system_errno(database);
  if ((code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && error != 0)
    message.append(": ").append(std::strerror(error));
  return {.kind = management::ErrorKind::internal,
          .outcome = management::Outcome::refused,
          .message = std::move(message)};
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<Statement> Statement::prepare(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  Statement statement;
  statement.statement_.reset(raw);
  if (code != SQLITE_OK) return std::unexpected(sqlite_error(database));
  return statement;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  const Error error = sqlite_error(sqlite3_db_handle(statement_.get()));
  reset();
  if (code == SQLITE_DONE) return false;
  return std::unexpected(error);
}

Result<void> Statement::run() {
  while (true) {
    const auto has_row = step();
    if (!has_row) return std::unexpected(has_row.error());
    if (!*has_row) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string Statement::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string{} : std::string(bytes, size);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::bind_one(int index, std::string_view text) {
  // A null pointer would be NULL, not the empty text.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind_one(int index, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), index, number);
}

}  // namespace xai::emulator

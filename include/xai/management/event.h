#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "xai/management/error.h"
#include "xai/management/transport.h"

namespace xai::management {

/// A request was sent, or could not be. Every attempt is told, those of look-ups too.
struct Attempt {
  std::string_view operation{};  ///< The `id` of its operation.
  int number{1};                 ///< Which attempt at that operation it is.
  Method method{};
  std::string path{};  ///< Without the query.
  std::chrono::milliseconds duration{};
  int status{};  ///< 0 when no answer came.
  std::size_t body_bytes{};
  std::vector<Header> headers{};  ///< Of the answer, those that say nothing secret.
  std::string request_id{};       ///< The service's own id of the request, if it sent one.
  std::optional<Error> error{};   ///< Why no answer came; one of any status is none.
};

/// A page of a list was read: `items` of all its pages so far.
struct PageRead {
  std::size_t items{};
  std::string_view noun{"item"};  ///< What an item is: `key`, `event`.
};

/// The inference clusters were asked whether they know a key.
struct ClustersAsked {
  std::size_t known{};                 ///< How many do.
  std::size_t all{};                   ///< How many were asked.
  std::vector<std::string> lagging{};  ///< The hosts of those that do not.
};

/// A new secret is about to be tried at the inference host.
struct SecretTried {};

/// A model was given by an alias; its canonical name is what is granted.
struct AliasResolved {
  std::string alias{};
  std::string name{};
};

/// The record of an earlier try was dropped: nothing came of it, or its key has a newer secret now.
struct RecordSettled {
  std::string id{};
  std::string name{};   ///< Of the key that it was about, where that is known.
  bool is_overtaken{};  ///< A rotation without an answer, followed by one with an answer.
};

/// What a workflow went on in spite of.
enum class WarningKind : std::uint8_t {
  usage_unreadable,      ///< `detail` is the error of the look-up.
  models_unchecked,      ///< `detail` is the error of the look-up.
  endpoints_unchecked,   ///< `detail` is the error of the look-up.
  model_not_in_cluster,  ///< `subject` is the model, `detail` the cluster that lacks it.
  answer_broke_off,      ///< Behind its secret; the rest was looked up.
  secret_unrecorded,     ///< It could not be written to the record; `detail` says why.
  change_unconfirmed,    ///< It was answered well, but not shown, and the list may not be read.
  not_as_asked,          ///< `detail` are the members of `subject` that came out otherwise.
  key_names_unreadable,  ///< `detail` is the error of the look-up; ids stand for the names.
  cursor_ahead,  ///< A cursor stood at the time `subject`, and was taken back to `detail`, the
                 ///< service's. Events from before that may have been left out.
};

struct Warning {
  WarningKind kind{};
  std::string subject{};  ///< What it is about, a name as the service or the caller gave it.
  std::string detail{};
};

/// What happens while a call runs.
struct Event : std::variant<Attempt, PageRead, ClustersAsked, SecretTried, AliasResolved,
                            RecordSettled, Warning> {
  using variant::variant;
};

}  // namespace xai::management

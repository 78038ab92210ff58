#pragma once

#include <optional>

#include "json/document.h"
#include "json/list_reader.h"
#include "xai/management/timestamp.h"

namespace xai::client {

/// What becomes of the lists in an answer. Thousands of structs can be spared to a caller that
/// reads the document anyway, and thousands of values to one that takes items as they are read.
struct Lists {
  bool are_decoded{true};            ///< Read into the struct; else only in the document.
  const json::ListReader* reader{};  ///< What it takes is in neither, and was never all in memory.

  static const Lists read;
  static const Lists left;
};
inline constexpr Lists Lists::read{};
inline constexpr Lists Lists::left{.are_decoded = false};

/// An answer as the document it came as, for members we do not know.
struct AnswerDocument {
  json::Document document{};
  std::optional<management::Timestamp> server_time{};  ///< The service's clock, to the second.
  bool is_cut{};          ///< The answer broke off behind its secret: other members may be missing.
  bool is_unconfirmed{};  ///< It does not show the change, and a look at the list was not allowed.
};

/// The same, and as a struct.
template <class R>
struct Answer : AnswerDocument {
  R value{};
};

/// Where an answer goes whose type is known to a descriptor only.
struct Target {
  AnswerDocument* document;
  void* value;  ///< Null for a read whose document is all that is wanted: any object will do.

  template <class R>
  static Target of(Answer<R>& answer) {
    return {&answer, &answer.value};
  }
};

}  // namespace xai::client

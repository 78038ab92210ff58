#include "json/document.h"

#include <string>
#include <utility>

#include "json/builder.h"
#include "json/parser.h"
#include "json/plain_reader.h"
#include "xai/management/secret.h"

namespace xai::json {

using management::Error;
using management::ErrorKind;
using management::Result;

Document::Parts::~Parts() { management::wipe(text); }

Document::Document() : parts_{std::make_unique<Parts>()} {}

Result<Document> Document::parse(std::string text, const Limits& limits) {
  Document document;
  document.parts_->text = std::move(text);
  const std::string& whole = document.parts_->text;
  Arena& arena = document.parts_->arena;
  const auto read_string = [&](std::string_view quoted) {
    return parse_string(arena, quoted, limits.memory_bytes_max);
  };
  Builder plain{arena, limits.memory_bytes_max};
  const char* const end = whole.data() + whole.size();
  const char* const behind = PlainReader{limits.depth_max, read_string, plain}.read(
      PlainReader::skip_space(whole.data()), end);
  if (behind != nullptr && PlainReader::skip_space(behind) == end) {
    document.root_ = plain.root();
    return document;
  }
  arena = {};
  Builder builder{arena, limits.memory_bytes_max};
  const auto [used, trouble, words] = parse_whole(builder, whole, limits.depth_max);
  const std::string place = " at byte " + std::to_string(used);
  const auto malformed = [](std::string message) {
    return std::unexpected(
        Error{.kind = ErrorKind::malformed_response, .message = std::move(message)});
  };
  switch (trouble) {
    case Trouble::none:
      break;
    case Trouble::too_deep:
      return malformed("JSON nested more than " + std::to_string(limits.depth_max) + " deep" +
                       place);
    case Trouble::too_large:
      return malformed("JSON that takes more than " +
                       std::to_string(limits.memory_bytes_max >> 20U) + " MiB once parsed");
    case Trouble::incomplete:
      return malformed("JSON that breaks off after " + std::to_string(whole.size()) + " bytes");
    case Trouble::malformed:
      return malformed("not JSON" + place + " (" + words + ")");
  }
  document.root_ = builder.root();
  return document;
}

}  // namespace xai::json

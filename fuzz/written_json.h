#pragma once

#include <string>
#include <utility>

#include "input.h"
#include "json/document.h"

namespace xai::fuzz {

/// A JSON text of our own writing, read again.
inline json::Document parse_written(const std::string& text) {
  auto document = json::Document::parse(text);
  require(document.has_value(), "what we write is JSON");
  return std::move(*document);
}

}  // namespace xai::fuzz

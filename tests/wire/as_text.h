#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "json/document.h"
#include "json/writer.h"
#include "wire/canonical_model.h"
#include "wire/codec.h"

namespace xai::wire {

template <class T>
management::Result<T> read_text(std::string text) {
  auto document = json::Document::parse(std::move(text));
  if (!document) return std::unexpected(document.error());
  return decode<T>(document->root());
}

template <class T>
std::string canonical_text(std::string text) {
  const auto document = json::Document::parse(std::move(text));
  if (!document) return "not JSON";
  json::Arena arena;
  return json::to_text(Canonical<T>::of(document->root(), arena));
}

/// Why `text` is no T.
template <class T>
std::string problem(std::string text) {
  const auto model = read_text<T>(std::move(text));
  if (model) return "no problem";
  EXPECT_EQ(model.error().kind, management::ErrorKind::malformed_response);
  return model.error().message;
}

template <class T>
std::string written(const T& model) {
  std::string text;
  json::Writer writer{text};
  encode(writer, model);
  return text;
}

}  // namespace xai::wire

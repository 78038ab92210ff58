#pragma once

#include <gtest/gtest.h>

#include <concepts>
#include <string>
#include <utility>

#include "json/document.h"
#include "json/writer.h"
#include "wire/describe.h"
#include "wire/rows.h"

namespace xai::wire {

template <class T, class... Operation>
constexpr bool is_answer(TypeList<Operation...>) {
  return (std::same_as<T, typename Operation::Response> || ...);
}

/// The compiled functions of an operation that answers T; else those for T, compiled here.
template <class T>
struct Functions {
  static auto decode(json::Value value, T& out) -> management::Result<void> {
    if constexpr (is_answer<T>(Operations{}))
      return descriptor_answering(&type_tag<T>).decode(value, &out);
    else
      return AnswerFunctions<T>::decode(value, &out);
  }
  static void encode(json::Writer& writer, const T& model) {
    if constexpr (is_answer<T>(Operations{}))
      descriptor_answering(&type_tag<T>).encode(writer, &model);
    else
      AnswerFunctions<T>::encode(writer, &model);
  }
  static json::Value canonical(json::Value value, json::Arena& arena) {
    if constexpr (is_answer<T>(Operations{}))
      return descriptor_answering(&type_tag<T>).canonical(value, arena);
    else
      return Canonical<T>::of(value, arena);
  }
};

template <class T>
management::Result<T> read_text(std::string text) {
  auto document = json::Document::parse(std::move(text));
  if (!document) return std::unexpected(document.error());
  T model{};
  if (auto read = Functions<T>::decode(document->root(), model); !read)
    return std::unexpected(read.error());
  return model;
}

template <class T>
std::string canonical_text(std::string text) {
  const auto document = json::Document::parse(std::move(text));
  if (!document) return "not JSON";
  json::Arena arena;
  return json::to_text(Functions<T>::canonical(document->root(), arena));
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
  Functions<T>::encode(writer, model);
  return text;
}

}  // namespace xai::wire

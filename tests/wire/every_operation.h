#pragma once

#include <gtest/gtest.h>

#include <string>

#include "json/writer.h"
#include "wire/descriptor.h"
#include "wire/rows.h"

namespace xai::wire {

template <class List>
struct AsTestTypes;
template <class... Types>
struct AsTestTypes<TypeList<Types...>> {
  using Type = testing::Types<Types...>;
};

/// The JSON text of an answer.
inline std::string encoded(const Descriptor& operation, const void* answer) {
  std::string text;
  json::Writer writer{text};
  operation.encode(writer, answer);
  return text;
}

/// What a typed suite runs over.
using OperationTypes = AsTestTypes<Operations>::Type;

struct NameOfOperation {
  template <class Operation>
  static std::string GetName(int) {
    return std::string{Operation::id};
  }
};

}  // namespace xai::wire

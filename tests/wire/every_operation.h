#pragma once

#include <gtest/gtest.h>

#include <string>

#include "wire/rows.h"

namespace xai::wire {

template <class List>
struct AsTestTypes;
template <class... Types>
struct AsTestTypes<TypeList<Types...>> {
  using Type = testing::Types<Types...>;
};

/// What a typed suite runs over.
using OperationTypes = AsTestTypes<Operations>::Type;

struct NameOfOperation {
  template <class Operation>
  static std::string GetName(int) {
    return std::string{Operation::id};
  }
};

}  // namespace xai::wire

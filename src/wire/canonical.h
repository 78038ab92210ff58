#pragma once

#include "json/arena.h"
#include "json/value.h"
#include "wire/descriptor.h"

namespace xai::wire {

/// `value` with the canonical names and types of T, which some operation answers, and all that T
/// does not know as it came.
template <class T>
json::Value canonical(json::Value value, json::Arena& arena) {
  return descriptor_answering(&type_tag<T>).canonical(value, arena);
}

}  // namespace xai::wire

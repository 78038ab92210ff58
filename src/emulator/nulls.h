#pragma once

#include "json/writer.h"
#include "wire/descriptor.h"

namespace xai::emulator {

/// An answer as the emulator was told to write it: `nulls` writes null for unset messages, times
/// among them, as protobuf-JSON may. Plain optional scalars are left out always.
void write_answer(json::Writer& writer, const wire::Descriptor& operation, const void* answer,
                  bool nulls);

/// The same for a T that some operation answers.
template <class T>
void write_answer(json::Writer& writer, const T& answer, bool nulls) {
  write_answer(writer, wire::descriptor_answering(&wire::type_tag<T>), &answer, nulls);
}

}  // namespace xai::emulator

#pragma once

#include <pybind11/pybind11.h>

#include <chrono>

namespace xai::python {

/// Whether a handler of Python's, such as that of Ctrl-C, has raised while this thread works
/// without the GIL. It asks Python now and then, and on the main thread alone: only there do
/// handlers run, and another thread may not outlive the interpreter while it waits for the GIL.
bool is_interrupted();

/// Sleeps, unless and until `is_interrupted`.
void sleep_interruptibly(std::chrono::milliseconds span);

/// Lets other threads of Python run while it lives, and handlers of signals through
/// `is_interrupted`. Nothing else may touch Python meanwhile.
class WithoutGil {
 public:
  WithoutGil();
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;
  // Not a destructor: while the interpreter ends, taking the GIL ends the thread by unwinding.
  /// Takes the GIL again; false when a handler has raised, which is Python's error then.
  bool end();

 private:
  friend bool is_interrupted();

  PyThreadState* state_;
  std::chrono::steady_clock::time_point asked_{};
  bool has_raised_{};
};

}  // namespace xai::python

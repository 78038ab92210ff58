// Boost.JSON compiled in here, so that whoever links our library need not link Boost.
#include <boost/json/src.hpp>

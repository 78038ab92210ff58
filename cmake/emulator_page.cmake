# Makes the manual page of the emulator, PAGE, of what PROGRAM prints for --help.
execute_process(COMMAND ${PROGRAM} --help OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\\" "\\e" text "${text}")
string(REPLACE "-" "\\-" text "${text}")
string(REGEX REPLACE "(^|\n)([.'])" "\\1\\\\&\\2" text "${text}")
file(WRITE ${PAGE} ".TH XAI_EMULATOR 1 \"\" \"xAI Management Tools ${VERSION}\"
.SH NAME
xai_emulator \\- a local xAI Management API for trying, testing and CI
.SH DESCRIPTION
.nf
${text}.fi
.SH SEE ALSO
.BR manage_xai (1)
")

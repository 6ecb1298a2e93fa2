// SPDX-License-Identifier: MIT

// In these scripts PROGRAM stands for the program's name and FUNCTION for that of a shell function.
extension CompletionScript {
    // bash parts words at '=' and ':' as well and replaces only what comes after, so the parts are
    // joined for the program, and what stands before the last is taken off its answer. Where there
    // is no `compopt` (bash 3.2 of macOS) file names are completed by hand.
    static let bashTemplate = #"""
        # bash completion for PROGRAM, to be sourced: source <(PROGRAM completions bash)
        FUNCTION() {
            local words=() word= before= kept= directive= line i
            COMPREPLY=()
            for ((i = 1; i <= COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if ((i < COMP_CWORD)) && [[ $word == [\'\"]* ]]; then
                    word=${word:1}
                    word=${word%[\'\"]}
                fi
                if ((${#words[@]} > 0)) && [[ $word == [=:]* || $before == *[=:] ]]; then
                    words[${#words[@]}-1]+=$word
                else
                    words+=("$word")
                fi
                before=$word
            done
            [[ $word == [=:]* ]] && word=
            kept=${words[${#words[@]}-1]}
            kept=${kept%"$word"}
            while IFS= read -r line; do
                if [[ -z $directive ]]; then
                    directive=$line
                    continue
                fi
                line=${line%%$'\t'*}
                printf -v line '%q' "${line#"$kept"}"
                COMPREPLY+=("$line")
            done < <("$1" complete-words "${words[@]}" 2>/dev/null)
            case $directive in
                files) compopt -o default 2>/dev/null || FUNCTION_paths -f "$word" ;;
                folders) compopt -o dirnames 2>/dev/null || FUNCTION_paths -d "$word" ;;
            esac
        }
        FUNCTION_paths() {
            local path
            while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
        }
        complete -F FUNCTION PROGRAM
        """#

    static let zshTemplate = #"""
        #compdef PROGRAM
        # zsh completion for PROGRAM, to be kept as _PROGRAM in a folder of $fpath
        FUNCTION() {
            local -a lines described
            local line word
            lines=("${(@f)$("${(Q)words[1]}" complete-words \
                "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            case $lines[1] in
                files)
                    compset -P 1 '--*='
                    _files
                    ;;
                folders)
                    compset -P 1 '--*='
                    _files -/
                    ;;
                words)
                    for line in "${(@)lines[2,-1]}"; do
                        word=${${line%%$'\t'*}//:/\\:}
                        if [[ $line == *$'\t'* ]]; then
                            described+=("$word:${line#*$'\t'}")
                        else
                            described+=("$word")
                        fi
                    done
                    _describe -V 'PROGRAM' described
                    ;;
            esac
        }
        if [[ $funcstack[1] == FUNCTION ]]; then
            FUNCTION "$@"
        else
            compdef FUNCTION PROGRAM
        fi
        """#

    static let fishTemplate = #"""
        # fish completion for PROGRAM, to be kept as ~/.config/fish/completions/PROGRAM.fish
        function _FUNCTION_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l program $words[1]
            set -e words[1]
            set -l lines ($program complete-words $words "$current" 2>/dev/null)
            set -l lead (string match -r -- '^--[^=]*=' "$current")
            set -l path (string replace -r -- '^--[^=]*=' '' "$current")
            switch "$lines[1]"
                case files
                    printf '%s\n' "$lead"(__fish_complete_path "$path")
                case folders
                    printf '%s\n' "$lead"(__fish_complete_directories "$path" '')
                case words
                    set -e lines[1]
                    test (count $lines) -gt 0; and printf '%s\n' $lines
            end
        end
        complete -c PROGRAM -f -a '(_FUNCTION_complete)'
        """#
}

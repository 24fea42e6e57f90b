# bash completion for sockwalk; pages.cpp puts in what the commands' options are
_sockwalk() {
  local word=${COMP_WORDS[COMP_CWORD]} before= command= options= values= kind= path
  ((COMP_CWORD > 0)) && before=${COMP_WORDS[COMP_CWORD - 1]}
  # bash cuts --machine=plain into three words
  if [[ $word == '=' ]]; then
    word=
  elif [[ $before == '=' ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  local commands='@COMMANDS@'
  ((COMP_CWORD > 1)) && [[ " $commands " == *" ${COMP_WORDS[1]} "* ]] && command=${COMP_WORDS[1]}
  case $command in
@OPTIONS@  esac
  case $command:$before in
@VALUES@  esac
  case $kind in
  values)
    COMPREPLY=($(compgen -W "$values" -- "$word"))
    return ;;
  dir)
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -d -- "$word"))
    return ;;
  file)
    compopt -o default 2>/dev/null
    return ;;
  none) return ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
    return
  fi
  case $command in
  layout)
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" layout --list 2>/dev/null)" -- "$word"))
    return ;;
  help)
    COMPREPLY=($(compgen -W "$commands" -- "$word"))
    return ;;
  lesson)
    if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W "check new guide pack unpack handout questions results" -- "$word"))
    else
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -d -- "$word"))
    fi
    return ;;
  samples) return ;;
  esac
  ((COMP_CWORD == 1)) && COMPREPLY=($(compgen -W "$commands" -- "$word"))
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do
    case $path in
    *.pkt | *.pcap | *.pcapng | *.cap | *.pcap.* | *.pcapng.* | *.sockwalk | *lesson.md) COMPREPLY+=("$path") ;;
    *) [[ -d $path ]] && COMPREPLY+=("$path") ;;
    esac
  done < <(compgen -f -- "$word")
}
complete -F _sockwalk sockwalk

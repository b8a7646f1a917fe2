package engine

import "sync"

// Streams are the files of a folder, of which pipes, such as <(command) in a
// shell, are read once: who looks again, as a fix or a review does, gets what
// they held. It is for one command.
type Streams struct {
	Folder
	mu   sync.Mutex
	held map[string]func() ([]byte, error)
}

// NewStreams are those of a folder.
func NewStreams(folder Folder) *Streams {
	return &Streams{Folder: folder, held: map[string]func() ([]byte, error){}}
}

// ReadFile implements [Files].
func (s *Streams) ReadFile(name string) ([]byte, error) {
	if info, err := s.Stat(name); err != nil || info.Mode().IsRegular() || info.Mode().IsDir() {
		return s.Folder.ReadFile(name)
	}
	s.mu.Lock()
	held, ok := s.held[name]
	if !ok {
		held = sync.OnceValues(func() ([]byte, error) { return s.Folder.ReadFile(name) })
		s.held[name] = held
	}
	s.mu.Unlock()
	return held()
}

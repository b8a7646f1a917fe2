package engine

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
)

// Streams are files whose pipes, such as <(command) in a shell, are read once:
// a second read, as of a fix or a review, gets the same bytes. It is for one
// command.
type Streams struct {
	Files
	mu   sync.Mutex
	held map[string]func() ([]byte, error)
	read map[string]bool
}

// NewStreams returns the streams among files.
func NewStreams(files Files) *Streams {
	return &Streams{Files: files, held: map[string]func() ([]byte, error){}, read: map[string]bool{}}
}

// Abs is the absolute path of the working folder, if the files lie in one.
func (s *Streams) Abs() (string, error) {
	if rooted, ok := s.Files.(interface{ Abs() (string, error) }); ok {
		return rooted.Abs()
	}
	return "", fs.ErrNotExist
}

// Read are the names of the files that were read, sorted.
func (s *Streams) Read() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.read))
}

// Below implements [Files].
func (s *Streams) Below(folder string) fs.FS { return noted{s.Files.Below(folder), s, folder} }

// noted notes what is read in a folder.
type noted struct {
	fs.FS
	streams *Streams
	folder  string
}

// Open implements [fs.FS].
func (n noted) Open(name string) (fs.File, error) {
	n.streams.note(path.Join(n.folder, name))
	return n.FS.Open(name)
}

func (s *Streams) note(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read[name] = true
}

// ReadFile implements [Files].
func (s *Streams) ReadFile(name string) ([]byte, error) {
	s.note(name)
	if info, err := s.Stat(name); err != nil || info.Mode().IsRegular() || info.Mode().IsDir() {
		return s.Files.ReadFile(name)
	}
	s.mu.Lock()
	held, ok := s.held[name]
	if !ok {
		held = sync.OnceValues(func() ([]byte, error) { return s.Files.ReadFile(name) })
		s.held[name] = held
	}
	s.mu.Unlock()
	return held()
}

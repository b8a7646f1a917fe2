-- A scripted session of Neovim (0.7 or later) with the server: what it tells is
-- written to $SESSION_OUT, one fact a line.
local out = {}
local function say(...)
  table.insert(out, table.concat({ ... }, ' '))
end
local dir = vim.env.SESSION_DIR

vim.cmd('edit ' .. dir .. '/set.json')
local id = vim.lsp.start_client({
  name = 'scaleset',
  cmd = { vim.env.SESSION_SERVER, '-test.run=^TestNeovimServer$' },
  root_dir = dir,
  settings = { scaleset = { inlayHints = true } },
})
vim.lsp.buf_attach_client(0, id)
local client = vim.lsp.get_client_by_id(id)

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end
local function find(word, skip)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(word, 1, true)
    if at then
      return vim.api.nvim_win_set_cursor(0, { i, at - 1 + (skip or 0) })
    end
  end
  say('not found:', word)
end
local function ask(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local answer = vim.lsp.buf_request_sync(0, method, params, 20000)
  if not answer or not answer[id] then
    return say('no answer to', method)
  end
  if answer[id].error then
    say('error of', method, answer[id].error.message)
  end
  return answer[id].result
end

vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
for _, d in ipairs(vim.diagnostic.get(0)) do
  say('finding', d.code, 'on line', d.lnum + 1)
end

find("our.label('web'", 5)
say('definition on line', ask('textDocument/definition')[1].range.start.line + 1)
find("parameters('count')", 13)
say('references', #ask('textDocument/references', { context = { includeDeclaration = true } }))
say('hover', (vim.split(ask('textDocument/hover').contents.value, '\n')[1]))
say('highlights', #ask('textDocument/documentHighlight') > 0 and 'yes' or 'no')
find('mul(parameters', 5)
say('signature', ask('textDocument/signatureHelp').signatures[1].label)
say('lenses', ask('textDocument/codeLens')[1].command.title)
say('folds', #ask('textDocument/foldingRange') > 0 and 'yes' or 'no')

find("parameters('count')", 13)
vim.lsp.buf.rename('instances')
vim.wait(20000, function() return text():find("parameters('instances')", 1, true) ~= nil end, 20)
local _, uses = text():gsub("parameters%('instances'%)", '')
local _, left = text():gsub("parameters%('count'%)", '')
say('renamed', uses, 'left', left)
local other = vim.fn.bufnr(dir .. '/set.parameters.json')
say('in the parameter file', table.concat(vim.api.nvim_buf_get_lines(other, 0, -1, false)):find('"instances"') and 'yes' or 'no')
vim.cmd('undo')
say('undone', text():find("parameters('count')", 1, true) and 'yes' or 'no')

find('misspelt')
vim.cmd('normal! ciw' .. 'overprovision')
vim.wait(20000, function() return #vim.diagnostic.get(0) == 1 end, 20)
for _, d in ipairs(vim.diagnostic.get(0)) do
  say('after the correction', d.code)
end

vim.lsp.stop_client(id)
vim.wait(20000, function() return client.is_stopped() end, 20)
say('stopped', tostring(client.is_stopped()))
vim.fn.writefile(out, vim.env.SESSION_OUT)
vim.cmd('qa!')

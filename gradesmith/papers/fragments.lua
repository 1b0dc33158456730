-- Run by pandoc: reads texts of Markdown from standard input, each by itself, and writes each in one format.
-- What comes in and goes out is JSON. Raw HTML is words; no file is read and nothing is fetched.

local READ = "commonmark+pipe_tables+strikeout+tex_math_dollars"
local HTML = { html_math_method = "mathml", wrap_text = "none" }
local job = pandoc.json.decode(io.read("a"), false)
local unset, known = {}, {}

local function typst_string(text)
  local escaped = text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n"):gsub("%c", function(one)
    return string.format("\\u{%x}", one:byte())
  end)
  return '"' .. escaped .. '"'
end

-- Whether pandoc understands a formula; if not, it is printed as it is written, and told.
local function is_set(formula)
  if known[formula.text] == nil then
    local html = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ formula }) }), "html", HTML)
    known[formula.text] = html:find("<math", 1, true) ~= nil
    if not known[formula.text] then
      table.insert(unset, formula.text)
    end
  end
  return known[formula.text]
end

local function formula(one)
  if not is_set(one) then
    return pandoc.Code("$" .. one.text .. "$")
  end
  if job.to == "typst" then
    local set = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ one }) }), "typst", { wrap_text = "none" })
    return pandoc.RawInline("typst", "#formula(" .. typst_string(one.text) .. ", " .. set:gsub("%s+$", "") .. ");")
  end
end

local function picture(one, files)
  local words = pandoc.utils.stringify(one.caption)
  local name = one.src:match("([^/]*)$")
  local place = files[name]
  if place == nil then
    return pandoc.Span({ pandoc.Str("[" .. (words ~= "" and words or name) .. "]") })
  end
  if job.to == "typst" then
    return pandoc.RawInline("typst", "#picture(" .. typst_string(place) .. ", " .. typst_string(words) .. ");")
  end
  return pandoc.Image(one.caption, place)
end

local function link(one)
  local words = pandoc.utils.stringify(one)
  if words ~= one.target then
    table.insert(one.content, pandoc.Str(" (" .. one.target .. ")"))
  end
  return pandoc.Span(one.content)
end

-- A paragraph that leads to what follows it ("Rules:") is not left alone at the end of a page.
local LED_TO = { BulletList = true, OrderedList = true, CodeBlock = true, Table = true, RawBlock = true }

local function with_leads(blocks)
  local led = pandoc.List({})
  for place, one in ipairs(blocks) do
    local following = blocks[place + 1]
    if one.t == "Para" and following and LED_TO[following.t] then
      led:insert(pandoc.RawBlock("typst", "#lead["))
      led:insert(one)
      led:insert(pandoc.RawBlock("typst", "]"))
    else
      led:insert(one)
    end
  end
  return led
end

local function listing(one)
  if job.to == "typst" then
    local language = one.classes[1] or ""
    return pandoc.RawBlock("typst", "#listing(" .. typst_string(one.text) .. ", " .. typst_string(language) .. ")")
  end
end

local function fragment(text, files, sink)
  local document = pandoc.read(text, READ, nil, {})
  document = document:walk({
    RawInline = function(one) return pandoc.Str(one.text) end,
    RawBlock = function(one) return pandoc.Para({ pandoc.Str(one.text) }) end,
  })
  document = document:walk({
    Math = formula,
    Image = function(one) return picture(one, files) end,
    Link = link,
    CodeBlock = listing,
    Header = function(one)
      one.level = math.min(6, one.level + sink)
      one.identifier = ""
      return one
    end,
  })
  if job.to == "typst" then
    document.blocks = with_leads(document.blocks)
  end
  if job.to == "json" then
    return pandoc.json.encode(document.blocks)
  end
  local written = pandoc.write(document, job.to, job.to == "html" and HTML or { wrap_text = "none" })
  if job.to == "html" then
    written = written:gsub('<a href="#cb%d+%-%d+" aria%-hidden="true" tabindex="%-1"></a>', "")
    written = written:gsub(' id="cb[%d-]+"', "")
  end
  return written
end

local written = pandoc.List({})
for _, one in ipairs(job.texts) do
  written:insert(fragment(one.text, one.files, one.sink))
end
io.write(pandoc.json.encode({ fragments = written, unset = pandoc.List(unset) }))

#!/bin/sh
# Try once to get spaCy's Italian model; without it names and places are found a little less well, and everything works.
bin=$1
model=${TEOREMA_SPACY_MODEL:-it_core_news_sm}
if "$bin/python" -c "import spacy, sys; spacy.load(sys.argv[1])" "$model" >/dev/null 2>&1; then exit 0; fi
if [ "$model" = it_core_news_sm ] && timeout 60 "$bin/python" -m spacy download it_core_news_sm --quiet >/dev/null 2>&1; then
    echo "spaCy's it_core_news_sm is installed (licence CC BY-NC-SA 3.0)."
    exit 0
fi
echo "spaCy's model '$model' cannot be fetched from here; going on without it (python -m spacy download it_core_news_sm, later)."
